"""The sentences of a certificate, for the page that is printed and for the PDF."""

from dataclasses import dataclass
from datetime import date

from kernel.i18n import _, day

from .certificate import Certificate

NATIONAL = {
    "all": _("这些记录已汇入全国志愿服务信息系统。"),
    "some": _("这些记录有一部分已汇入全国志愿服务信息系统。"),
    "none": _("这些记录还没有汇入全国志愿服务信息系统。"),
}


@dataclass(frozen=True)
class Text:
    """One certificate in words."""

    title: str
    number: str
    warning: str
    body: str
    items: tuple[str, ...]
    national: str
    issuer: str
    issued: str
    check: str
    address: str
    offline: str
    sealed: str

    @property
    def all(self) -> tuple[str, ...]:
        """Every text that is drawn as letters."""
        return (*(str(getattr(self, name)).replace("\n", "") for name in LETTERS), *self.items)


LETTERS = "title number warning body national issuer issued check address offline sealed".split()


def text_of(paper: Certificate, address: str, keys_address: str) -> Text:
    """Its sentences in the language of the one who reads."""
    what = paper.what
    name = (
        _("%(name)s（证件号码后四位 %(tail)s）", name=paper.name, tail=paper.id_tail) if paper.id_tail else paper.name
    )
    facts = {"name": name, "issuer": paper.issuer, "hours": what.hours, "minutes": what.minutes}
    days = {"first": day(paper.since, year=True), "last": day(paper.until, year=True)}
    ended = "" if paper.is_valid else _("这份证明已在 %(day)s 作废，不能再用。", day=day(paper.revoked_on, year=True))
    return Text(
        title=str(_("志愿服务记录证明")),
        number=str(_("编号 %(number)s", number=paper.shown_number)),
        warning=str(ended),
        body=str(
            _(
                "%(name)s 在 %(first)s 到 %(last)s 期间参加志愿服务，经%(issuer)s记录和确认，"
                "志愿服务时间合计 %(hours)s 小时（%(minutes)s 分钟）。服务内容：",
                **facts,
                **days,
            )
        ),
        items=tuple(str(item_of(item)) for item in what.items),
        national=str(NATIONAL[what.national]),
        issuer=str(_("记录和出具单位：%(issuer)s", issuer=paper.issuer)),
        issued=str(_("出具日期：%(day)s", day=day(paper.issued_on, year=True))),
        check=str(_("扫码或打开下面的地址查验，不收费。")),
        address=address,
        offline=str(_("不上网也能查验：签名和公钥（编号 %(key)s）见 %(keys)s", key=paper.key_id, keys=keys_address)),
        sealed=f"{paper.line}\n{paper.signature}",
    )


def item_of(item):
    """One duty in a line."""
    first, last = (day(date.fromisoformat(word), year=True) for word in (item.first, item.last))
    facts = {"title": item.title, "times": item.times, "hours": item.hours, "first": first, "last": last}
    if item.first == item.last:
        return _("· %(title)s，%(first)s，%(hours)s 小时", **facts)
    return _("· %(title)s，%(times)s 次，%(first)s 到 %(last)s，%(hours)s 小时", **facts)
