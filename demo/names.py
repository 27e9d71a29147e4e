"""Names that belong to nobody: people and organisations of the demo data, each with the mark 示例."""

from dataclasses import dataclass
from random import Random

MARK = "（示例）"
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
WOMEN = "桂兰 秀英 玉兰 淑珍 秀云 丽华 春梅 小燕 雅琴 巧玲 凤霞 慧敏 晓红 文静 佳怡 雨桐 思琪 美娟 素芬 红梅"
MEN = "建国 建军 志强 德明 永福 国庆 卫东 海涛 文斌 晓峰 宏伟 俊杰 浩然 子轩 长安 振华 立新 学文 保平 新民"
WORDS = "青松 白鹭 晨光 春风 和顺 同心 暖阳 百合 银杏 红枫 小满 乐善 众和 安康 明德 惠民 长河 远山 清泉 梧桐"
TRADES = "家电服务部 便民超市 大药房 理发店 餐饮店 五金店 照相馆 家政服务部 口腔诊所 律师事务所 文具店 洗衣店 粮油店"
ORGANISATIONS = "社会工作服务中心 养老服务中心 公益发展中心 心理关爱中心 青少年服务中心"
BODIES = "小学 幼儿园 卫生服务站 储蓄所 邮政所 中学 图书馆"
GROUPS = "合唱团 舞蹈队 书画社 太极队 棋友会 读书会 摄影小组 秦腔自乐班"


@dataclass(frozen=True)
class Named:
    """A name, and how its bearer likes to be addressed."""

    name: str
    called: str


def person(rng: Random, *, old: bool = False) -> Named:
    """Somebody who does not exist."""
    surname = rng.choice(SURNAMES)
    if rng.random() < 0.55:
        given, forms = rng.choice(WOMEN.split()), ("阿姨",) if old else ("女士",)
    else:
        given, forms = rng.choice(MEN.split()), ("叔叔", "师傅") if old else ("先生", "师傅")
    return Named(f"{surname}{given}{MARK}", f"{surname}{rng.choice(forms)}{MARK}")


def officer(rng: Random, title: str) -> Named:
    """Somebody in an office, called by it."""
    named = person(rng)
    return Named(named.name, f"{named.name[0]}{title}{MARK}")


def marked(name: str) -> str:
    """The name with its mark."""
    return name + MARK
