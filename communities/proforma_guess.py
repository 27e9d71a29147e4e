"""Guessing where the header of a superior's sheet stands and what its columns mean; a person looks at it afterwards."""

import re
from unicodedata import normalize

from kernel.blank import Layout
from kernel.i18n import _, both
from kernel.ledger import Ledger

COUNTER = "#"  # the key of a column that counts the rows
COUNTED = _("序号（自动编）")
CALLED = {"序号", "编号", "no", "no."}
WITHIN = 15  # rows
OTHER_WORDS = {  # what superiors call things, by key
    "name": "单位名称 合伙人名称 名称 单位 企业名称",
    "partner": "单位名称 合伙人名称 名称 单位 企业名称",
    "kind": "类型 单位类别 单位类型 性质",
    "place": "所属社区 社区 所在社区 所属",
    "contact_name": "联系人姓名 负责人 姓名",
    "contact_phone": "手机 手机号 电话 联系方式 联系电话 手机号码",
    "phone": "手机 手机号 电话 联系电话 手机号码",
    "offers": "服务内容 主要服务内容 服务项目 提供服务",
    "capabilities": "能力 特长 服务能力",
    "capability": "能力 特长 服务能力",
    "active_since": "加入时间 加入日期",
    "since": "起始日期 开始时间 加入时间",
    "until": "截止日期 到期时间 结束时间",
    "person": "姓名 成员姓名",
}


def guess_rows(found: Layout, ledger: Ledger) -> tuple[int, int, int]:
    """(top, bottom, first): the row that names most columns of the ledger, else the fullest, with its merged lines."""
    rows = [row for row in sorted(found.rows) if row <= WITHIN and found.rows[row]] or [1]
    best = max(rows, key=lambda row: (named(found, row, ledger), len(found.rows.get(row, {})), -row))
    joined = [(top, bottom) for top, _left, bottom, _right in found.merges if top <= best <= bottom]
    top = min([best, *(one for one, _bottom in joined)])
    bottom = max([best, *(bottom for _top, bottom in joined)])
    first = next(row for row in range(bottom + 1, bottom + 10_000) if row not in found.full)
    return top, bottom, first


def named(found: Layout, row: int, ledger: Ledger) -> int:
    """How many columns of the ledger a row names."""
    heads = {column: found.text(row, column) for column in range(1, found.width + 1)}
    return len(guess_keys({column: text for column, text in heads.items() if text}, ledger))


def guess_keys(heads: dict[int, str], ledger: Ledger) -> dict[str, str]:
    """Columns to keys, as far as their names say it: the whole name, else its last line; each key once."""
    words = {key: {folded(word) for word in (*both(label), *OTHER_WORDS.get(key, "").split())}
             for key, label in ledger.columns.items()}  # fmt: skip
    keys: dict[str, str] = {}
    for column, name in heads.items():
        last = folded(name.rpartition(" / ")[2])
        if last in CALLED:
            keys[str(column)] = COUNTER
            continue
        for key, known in words.items():
            if key not in keys.values() and (folded(name) in known or last in known):
                keys[str(column)] = key
                break
    return keys


def folded(text: str) -> str:
    """A name without what does not matter: case, width, spaces, brackets with what is in them, stars."""
    plain = normalize("NFKC", text).casefold()
    return re.sub(r"\(.*?\)|[\s*:]", "", plain)
