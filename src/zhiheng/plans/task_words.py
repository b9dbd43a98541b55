"""Which words bind a task, and how tightly?"""

from __future__ import annotations

from zhiheng.plans.model import CommitmentClass

BINDING_WORDS: dict[CommitmentClass, tuple[str, ...]] = {
    CommitmentClass.STRICT: (
        "严格执行", "严格落实", "严格实施", "严格遵守", "严格控制", "严格规范", "严格", "从严", "严禁", "严肃查处",
        "严厉打击", "严守", "坚决", "必须", "不得", "一律", "压实", "确保", "严把",
    ),
    CommitmentClass.FULL: (
        "全面推行", "全面推广", "全面执行", "全面落实", "全面实施", "全面完成", "全面实现", "全面建立", "全面推进",
        "全面开展", "全面建成", "全面清理", "全面消除", "全面淘汰", "全面", "全部", "全覆盖", "普遍", "应检尽检",
    ),
    CommitmentClass.ENCOURAGE: ("鼓励", "支持", "引导", "倡导", "提倡", "积极争取", "力争", "争取"),
    CommitmentClass.EXPLORE: ("探索", "先行先试", "试行", "试点", "研究制定", "研究建立", "尝试", "谋划"),
}  # fmt: skip
