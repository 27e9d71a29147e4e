"""What people say in the demo data: category, words, the matter without a person, what was done about it."""

from typing import NamedTuple


class Complaint(NamedTuple):
    """One thing that is wrong somewhere."""

    category: str
    words: str
    matter: str
    answer: str


class Answer(NamedTuple):
    """A text that is often used, in both languages."""

    use: str
    title: str
    words: str
    words_en: str


TABLE = """
environment|楼下垃圾桶满了好几天没清，味道大，夏天不敢开窗。|垃圾桶满了没人清|当天清运，改为每天两次。
environment|小区南门外有人占道卖菜，早上推婴儿车过不去。|门口占道摆摊|劝导进了便民市场，早高峰有人值守。
environment|绿化带里扔了旧沙发，一个多月了没人管。|绿化带堆着旧家具|已清走，社区定了大件投放点。
repair|三楼到五楼的楼道灯都不亮，老人晚上下楼摸着墙走。|楼道灯不亮|换了声控灯，一共六盏。
repair|单元门锁坏了，晚上谁都能进。|单元门锁坏了|换了锁芯，钥匙在物业领。
repair|地下室返水，踩着砖才能过去。|地下室返水|疏通了管道，装了挡水板。
repair|院里的路塌了一块，前天有人崴了脚。|院内路面塌陷|先围挡，三天后补平。
parking|消防通道天天停着车，救护车进不来。|消防通道停车|画了禁停线，装了隔离桩。
parking|夜里下班回来没有车位，绕了半个小时。|夜间停车难|隔壁单位车场夜间开放 40 个车位。
safety|电动车推进楼道里充电，半夜都听得见响。|楼道里充电|上门劝导，楼下新装了充电桩。
safety|路口的监控好像不亮，自行车丢了两辆。|路口监控不亮|监控修好，夜间加了巡逻。
safety|楼上半夜放音响，敲门也不应，几家人都睡不好。|夜间噪音扰民|民警上门调解，约定十点以后不放。
meals|社区食堂的饭太咸，老人吃不了，能不能少放点盐。|食堂饭菜偏咸|加了少盐窗口，下周起试行。
care|老两口都八十多了，想请人每周来看看，搭把手买菜。|高龄老人想有人照应|结了对子，每周二、五上门。
health|想请大夫来院里量量血压，腿脚不好去不了医院。|想在院里量血压|卫星医院每月第二个周六来院里。
children|暑假孩子没人看，双职工家里发愁。|暑假孩子没人看|四点半课堂开到暑假，报了名。
governance|业委会好几年没开过会，维修基金怎么用没人说。|业委会多年没开会|约了三方开会，公布了维修基金账目。
governance|物业费涨了，不知道涨在哪里。|物业费上涨没有说明|物业张榜公布了收费依据。
law|和对门因为公共走廊堆东西闹了几回，想请人说和说和。|走廊堆物引起纠纷|司法所来调解，两家签了约定。
culture|合唱队没有地方练歌，冬天在院里太冷。|合唱队没有排练的地方|幸福剧场每周二上午给合唱队用。
"""
NOISE = (
    ("visit", 9, "食堂的排风机晚上十点还响，靠窗的几家都睡不着。"),
    ("visit", 7, "食堂排风机太吵，上夜班的白天也没法睡，几家都这么说。"),
    ("phone", 1, "食堂的排风机又吵又呛，晚上不敢开窗，睡不着。"),
)
APPLIANCES = (
    ("visit", 21, "几位老人的家电坏了，电饭锅、风扇，自己拿不动去修。"),
    ("phone", 19, "楼里几位老人的家电坏了不会修，想请人来小区里修一回。"),
    ("meeting", 23, "院里几位老人的家电坏了舍不得扔，盼着有人来小区里修。"),
)
ANSWERS = """
solved|修好了|您反映的地方已经修好，谢谢您说出来。有问题请再告诉我们。
What you told us about has been repaired. Thank you; tell us if it breaks again.
solved|已劝导、定了约定|我们上门说过了，也定了约定，请您再看几天。
We went there and agreed on rules. Please see how it goes for some days.
solved|已列入计划|这件事已经列入计划，开工前会在楼道贴告示。
This is planned now; a notice will hang in the stairwell before work begins.
declined|不归社区管|这件事社区办不了，请拨打 12345 或找对应的部门，我们可以帮您打电话。
The community cannot do this. Please ring 12345; we will gladly ring for you.
declined|已有人在办|同样的事已经有人在办，请看那一件的进展。
Somebody is dealing with the same thing already; please see how that goes.
"""


def complaints() -> list[Complaint]:
    """All of them, in order."""
    return [Complaint(*line.split("|")) for line in TABLE.strip().splitlines()]


def answers() -> list[Answer]:
    """All texts, in order."""
    lines = ANSWERS.strip().splitlines()
    return [Answer(*chinese.split("|"), english) for chinese, english in zip(lines[::2], lines[1::2], strict=True)]
