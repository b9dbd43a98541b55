"""Organisations, people, rights, audit, jobs, and plans under review."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("username", models.CharField(max_length=64, unique=True, verbose_name="登录名")),
                ("name", models.CharField(max_length=64, verbose_name="姓名")),
                ("phone", models.CharField(blank=True, max_length=32, verbose_name="电话")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="电子邮箱")),
                ("is_active", models.BooleanField(default=True, verbose_name="启用")),
                ("must_change_password", models.BooleanField(default=True, verbose_name="须修改密码")),
                ("password_changed_at", models.DateTimeField(blank=True, null=True, verbose_name="密码修改时间")),
                ("failed_logins", models.PositiveSmallIntegerField(default=0, verbose_name="连续登录失败次数")),
                ("locked_until", models.DateTimeField(blank=True, null=True, verbose_name="锁定至")),
                ("one_time_secret", models.CharField(blank=True, max_length=200, verbose_name="动态口令密钥")),
                ("one_time_used", models.BigIntegerField(default=0, verbose_name="已用的动态口令时段")),
                ("subject", models.CharField(blank=True, max_length=255, null=True, unique=True, verbose_name="单点登录标识")),
            ],
            options={
                "verbose_name": "人员",
            },
        ),
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False, verbose_name="序号")),
                ("at", models.CharField(max_length=32, verbose_name="时间")),
                ("person", models.CharField(max_length=64, verbose_name="人员")),
                ("name", models.CharField(max_length=64, verbose_name="姓名")),
                ("address", models.CharField(max_length=64, verbose_name="来源地址")),
                ("action", models.CharField(db_index=True, max_length=64, verbose_name="操作")),
                ("subject", models.CharField(db_index=True, max_length=64, verbose_name="对象类型")),
                ("object", models.CharField(db_index=True, max_length=128, verbose_name="对象")),
                ("said", models.TextField(verbose_name="说明")),
                ("changes", models.TextField(default="{}", verbose_name="变更")),
                ("expired", models.BooleanField(default=False, verbose_name="已过保存期")),
                ("content", models.CharField(max_length=64, verbose_name="内容摘要")),
                ("before", models.CharField(max_length=64, verbose_name="上一条摘要")),
                ("digest", models.CharField(max_length=64, unique=True, verbose_name="摘要")),
            ],
            options={
                "verbose_name": "审计记录",
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="AuditHead",
            fields=[
                ("id", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("number", models.BigIntegerField(default=0)),
                ("digest", models.CharField(default="", max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="Schedule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=64, unique=True)),
                ("payload", models.JSONField(default=dict)),
                ("every_minutes", models.PositiveIntegerField()),
                ("next_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("government", "政府"),
                            ("department", "部门"),
                            ("town", "乡镇街道"),
                            ("group", "领导小组"),
                            ("body", "技术机构"),
                            ("enterprise", "企业"),
                        ],
                        max_length=16,
                        verbose_name="类型",
                    ),
                ),
                ("place", models.CharField(db_index=True, max_length=12, verbose_name="行政区划代码")),
            ],
            options={
                "verbose_name": "单位",
            },
        ),
        migrations.CreateModel(
            name="Grant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("start", models.DateField(verbose_name="起始日期")),
                ("end", models.DateField(blank=True, null=True, verbose_name="终止日期")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("see", "查看"),
                            ("enter", "填报"),
                            ("approve", "审核"),
                            ("lock", "锁定"),
                            ("export", "导出"),
                            ("publish", "发布"),
                            ("administer", "管理"),
                        ],
                        max_length=16,
                        verbose_name="操作",
                    ),
                ),
                ("subject", models.CharField(max_length=64, verbose_name="对象")),
                (
                    "reach",
                    models.CharField(
                        choices=[
                            ("own", "本单位"),
                            ("below", "本单位及下属单位"),
                            ("units", "指定单位"),
                            ("places", "指定地区"),
                            ("all", "跨部门（全部）"),
                        ],
                        default="own",
                        max_length=16,
                        verbose_name="范围",
                    ),
                ),
                ("reason", models.CharField(max_length=200, verbose_name="授权理由")),
                (
                    "granted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="granted",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="授权人",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grants",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="人员",
                    ),
                ),
            ],
            options={
                "verbose_name": "授权",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="GrantPlace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.CharField(max_length=12, verbose_name="行政区划代码")),
                (
                    "grant",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="places", to="ledger.grant"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=64)),
                ("payload", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "等待"),
                            ("running", "进行中"),
                            ("done", "完成"),
                            ("failed", "失败"),
                            ("cancelled", "已取消"),
                        ],
                        default="waiting",
                        max_length=16,
                        verbose_name="状态",
                    ),
                ),
                ("run_at", models.DateTimeField()),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("most_attempts", models.PositiveSmallIntegerField(default=3)),
                ("worker", models.CharField(blank=True, max_length=64)),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                ("said", models.CharField(blank=True, max_length=200, verbose_name="进展")),
                ("cancel_asked", models.BooleanField(default=False)),
                ("result", models.JSONField(blank=True, null=True)),
                ("fault", models.TextField(blank=True)),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="jobs",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "后台任务",
            },
        ),
        migrations.CreateModel(
            name="PlanDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("compiling", "正在读取"),
                            ("review", "待复核"),
                            ("failed", "读取失败"),
                            ("approved", "已批准"),
                        ],
                        default="compiling",
                        max_length=16,
                        verbose_name="状态",
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="标题")),
                ("record", models.JSONField(blank=True, null=True)),
                ("lines", models.JSONField(default=list)),
                ("revision", models.PositiveIntegerField(default=0)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "job",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="drafts", to="ledger.job"
                    ),
                ),
            ],
            options={
                "verbose_name": "规划草稿",
            },
        ),
        migrations.CreateModel(
            name="PlanEdit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("kind", models.CharField(max_length=32)),
                ("part", models.CharField(max_length=32)),
                ("item", models.CharField(max_length=64)),
                ("before", models.JSONField(null=True)),
                ("after", models.JSONField(null=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("undone", models.BooleanField(default=False)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="plan_edits", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="edits", to="ledger.plandraft"),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="PlanPaper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("file_name", models.CharField(max_length=200, verbose_name="文件名")),
                ("digest", models.CharField(max_length=64, verbose_name="摘要")),
                ("size", models.PositiveBigIntegerField(verbose_name="字节数")),
                ("uploaded_at", models.DateTimeField(auto_now_add=True, verbose_name="上传时间")),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="上传人",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="ledger.unit",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "规划文件",
            },
        ),
        migrations.AddField(
            model_name="plandraft",
            name="paper",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="drafts",
                to="ledger.planpaper",
                verbose_name="规划文件",
            ),
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("start", models.DateField(verbose_name="起始日期")),
                ("end", models.DateField(blank=True, null=True, verbose_name="终止日期")),
                ("title", models.CharField(max_length=64, verbose_name="职务")),
                (
                    "deputy_for",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deputies",
                        to="ledger.post",
                        verbose_name="代理的职务",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="人员",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="posts", to="ledger.unit", verbose_name="单位"
                    ),
                ),
            ],
            options={
                "verbose_name": "任职",
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="grant",
            name="post",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="grants",
                to="ledger.post",
                verbose_name="职务",
            ),
        ),
        migrations.CreateModel(
            name="PlanVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("number", models.PositiveIntegerField(verbose_name="版次")),
                ("title", models.CharField(max_length=200, verbose_name="标题")),
                ("record", models.JSONField()),
                ("digest", models.CharField(max_length=64, verbose_name="摘要")),
                ("approved_at", models.DateTimeField(auto_now_add=True, verbose_name="批准时间")),
                (
                    "approved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="approved_plans",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="批准人",
                    ),
                ),
                (
                    "draft",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="version", to="ledger.plandraft"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="plans", to="ledger.unit", verbose_name="单位"
                    ),
                ),
            ],
            options={
                "verbose_name": "规划版本",
            },
        ),
        migrations.CreateModel(
            name="GroupMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("start", models.DateField(verbose_name="起始日期")),
                ("end", models.DateField(blank=True, null=True, verbose_name="终止日期")),
                (
                    "role",
                    models.CharField(
                        choices=[("head", "组长单位"), ("deputy", "副组长单位"), ("office", "办公室"), ("member", "成员单位")],
                        default="member",
                        max_length=16,
                        verbose_name="角色",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="ledger.unit",
                        verbose_name="领导小组",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="ledger.unit",
                        verbose_name="成员单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "领导小组成员",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="GrantUnit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "grant",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="units", to="ledger.grant"),
                ),
                ("unit", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="ledger.unit")),
            ],
        ),
        migrations.CreateModel(
            name="UnitName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("start", models.DateField(verbose_name="起始日期")),
                ("end", models.DateField(blank=True, null=True, verbose_name="终止日期")),
                ("name", models.CharField(db_index=True, max_length=100, verbose_name="名称")),
                ("main", models.BooleanField(default=True, verbose_name="主名称")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="names", to="ledger.unit", verbose_name="单位"
                    ),
                ),
            ],
            options={
                "verbose_name": "单位名称",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="UnitTie",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("start", models.DateField(verbose_name="起始日期")),
                ("end", models.DateField(blank=True, null=True, verbose_name="终止日期")),
                (
                    "parent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children_ties",
                        to="ledger.unit",
                        verbose_name="上级单位",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ties", to="ledger.unit", verbose_name="单位"
                    ),
                ),
            ],
            options={
                "verbose_name": "隶属关系",
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="job",
            index=models.Index(fields=["state", "run_at"], name="ledger_job_state_e15104_idx"),
        ),
        migrations.AddConstraint(
            model_name="planedit",
            constraint=models.UniqueConstraint(fields=("draft", "number"), name="ledger_planedit_one_a_number"),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(("end__isnull", True), ("end__gte", models.F("start")), _connector="OR"),
                name="ledger_grant_days_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("person__isnull", False), ("post__isnull", True)),
                    models.Q(("person__isnull", True), ("post__isnull", False)),
                    _connector="OR",
                ),
                name="ledger_grant_of_a_person_or_of_a_post",
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(("end__isnull", True), ("end__gte", models.F("start")), _connector="OR"),
                name="ledger_post_days_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="groupmember",
            constraint=models.CheckConstraint(
                condition=models.Q(("end__isnull", True), ("end__gte", models.F("start")), _connector="OR"),
                name="ledger_groupmember_days_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="unitname",
            constraint=models.CheckConstraint(
                condition=models.Q(("end__isnull", True), ("end__gte", models.F("start")), _connector="OR"),
                name="ledger_unitname_days_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="unittie",
            constraint=models.CheckConstraint(
                condition=models.Q(("end__isnull", True), ("end__gte", models.F("start")), _connector="OR"),
                name="ledger_unittie_days_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="unittie",
            constraint=models.CheckConstraint(
                condition=models.Q(("unit", models.F("parent")), _negated=True), name="ledger_unittie_not_its_own_parent"
            ),
        ),
    ]
