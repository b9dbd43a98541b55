"""How is pdfium asked a hundred thousand times a paper?

The bindings make an object of every handle on every call, which takes longer than the call. Here handles are plain addresses.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

from pypdfium2 import raw


def address(handle: Any) -> int:
    """The address that a handle of the bindings stands for."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def _plain(function: Any, result: Any, *arguments: Any) -> Callable[..., int]:
    return ctypes.PYFUNCTYPE(result, *arguments)(address(function))


# text page, character, address of an FS_RECTF that is filled
loose_box = _plain(raw.FPDFText_GetLooseCharBox, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
# text page, character → 1 when its font does not say which character it is
has_no_character = _plain(raw.FPDFText_HasUnicodeMapError, ctypes.c_int, ctypes.c_void_p, ctypes.c_int)
# text page, character → 1 when pdfium put it in, 0 when the file prints it
is_put_in = _plain(raw.FPDFText_IsGenerated, ctypes.c_int, ctypes.c_void_p, ctypes.c_int)
# page, number → object, or 0; form, number → object; object → its kind
object_of = _plain(raw.FPDFPage_GetObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
inner_object = _plain(raw.FPDFFormObj_GetObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_ulong)
kind_of = _plain(raw.FPDFPageObj_GetType, ctypes.c_int, ctypes.c_void_p)


def as_object(found: int) -> Any:
    """An address as the bindings take it."""
    return ctypes.cast(found, raw.FPDF_PAGEOBJECT)
