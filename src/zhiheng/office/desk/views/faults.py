"""Pages for what went wrong, in words."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was not ours, or too old."""
    return render(request, "desk/fault.html", {"title": "表单已失效", "said": "请返回上一页，刷新后重新提交。"}, status=403)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Something that the person has no right to."""
    return render(
        request,
        "desk/fault.html",
        {"title": "没有权限", "said": "您没有进行这项操作的权限。需要时请联系本单位的管理员。"},
        status=403,
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Nothing there; what is not to be seen looks the same."""
    return render(
        request, "desk/fault.html", {"title": "没有找到", "said": "没有这个页面，或者您没有查看它的权限。"}, status=404
    )


def broken(request: HttpRequest) -> HttpResponse:
    """A fault of ours."""
    return render(
        request, "desk/fault.html", {"title": "程序出错", "said": "程序内部出错，已记录。您的数据没有只写一半。"}, status=500
    )
