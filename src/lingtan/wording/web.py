"""Sentences of the web interface: what it refuses and why, and the words of its log. The pages keep theirs in `ui/src/words`."""

from __future__ import annotations

from lingtan.wording import Words
from lingtan.wording.sentence import Sentence, sentence

WEB_FINDINGS: dict[str, Sentence] = {
    "web.no-session": sentence(
        "nobody is logged in",
        "尚未登录",
        mend_en="Log in with the secret of this run.",
        mend_zh="请用本次运行的口令登录。",
    ),
    "web.wrong-secret": sentence(
        "the secret is wrong",
        "口令错误",
        mend_en="It stands in the file `secret` of the run folder.",
        mend_zh="口令在运行文件夹的 `secret` 文件中。",
    ),
    "web.locked-out": sentence(
        "too many wrong secrets; logging in is closed for {seconds} s",
        "口令错误次数过多，{seconds} 秒内不再受理登录",
        mend_en="Wait, then try again.",
        mend_zh="请稍后再试。",
    ),
    "web.no-mark": sentence(
        "a request that changes something lacks the header `X-Lingtan: 1`",
        "变更请求缺少请求头 `X-Lingtan: 1`",
        mend_en="Add it; a page of another site cannot.",
        mend_zh="请加上该请求头；其他网站的页面无法添加。",
    ),
    "web.foreign-host": sentence(
        "the request names a host that is not this one",
        "请求的主机名不是本机",
        mend_en="Open the address that `lingtan serve` printed, or name the host with `--host`.",
        mend_zh="请打开 `lingtan serve` 给出的地址，或用 `--host` 指定主机名。",
    ),
    "web.body-too-large": sentence(
        "the body of the request is too large",
        "请求体过大",
        mend_en="Send less at once.",
        mend_zh="请减少单次发送的内容。",
    ),
    "web.body-too-slow": sentence(
        "the body of the request did not arrive in time",
        "请求体未在规定时间内送达",
        mend_en="Send it again.",
        mend_zh="请重新发送。",
    ),
    "web.not-json": sentence(
        "the body of the request is not JSON",
        "请求体不是 JSON",
        mend_en="Send a JSON object.",
        mend_zh="请发送 JSON 对象。",
    ),
    "web.bad-query": sentence(
        "the value in the address is out of range",
        "地址中的取值超出范围",
        mend_en="See docs/guide/web.md.",
        mend_zh="请参见 docs/guide/web.zh.md。",
    ),
    "web.not-found": sentence(
        "there is nothing here",
        "此处没有内容",
        mend_en="See docs/guide/web.md.",
        mend_zh="请参见 docs/guide/web.zh.md。",
    ),
    "web.wrong-method": sentence(
        "this address does not take this method",
        "该地址不接受此请求方法",
        mend_en="See docs/guide/web.md.",
        mend_zh="请参见 docs/guide/web.zh.md。",
    ),
    "web.no-such-asset": sentence(
        "no asset of this name takes set-points",
        "没有可下发设定值的同名资产",
        mend_en="Choose one of those named.",
        mend_zh="请从所列名称中选择。",
    ),
    "web.beyond-rating": sentence(
        "the power is beyond what the asset can give or take",
        "功率超出该资产的能力范围",
        mend_en="Choose a power within the range.",
        mend_zh="请选择范围内的功率。",
    ),
    "web.crossed-bounds": sentence(
        "the bounds and the wish do not fit each other",
        "上下限与目标功率互相矛盾",
        mend_en="Keep low ≤ wish ≤ high.",
        mend_zh="请保证下限 ≤ 目标 ≤ 上限。",
    ),
    "web.busy": sentence(
        "another calculation is running",
        "另一项计算正在进行",
        mend_en="Try again when it is done.",
        mend_zh="请待其完成后再试。",
    ),
    "web.too-long": sentence(
        "the calculation took too long and was stopped",
        "计算耗时过长，已停止",
        mend_en="Send a smaller case, or use `lingtan calc`.",
        mend_zh="请缩小算例，或使用 `lingtan calc`。",
    ),
    "web.no-such-calculator": sentence(
        "no calculator has this name",
        "没有这个计算器",
        mend_en="Choose one of those named.",
        mend_zh="请从所列名称中选择。",
    ),
    "web.no-run": sentence(
        "this is not the folder of a run",
        "这不是一次运行的文件夹",
        mend_en="Start one with `lingtan serve PARK`.",
        mend_zh="请用 `lingtan serve PARK` 启动。",
    ),
    "web.secret-too-short": sentence(
        "the secret is too short",
        "口令过短",
        mend_en="Write a longer one into the file, or delete it and let a new one be made.",
        mend_zh="请在文件中写入更长的口令，或删除文件以自动生成。",
    ),
    "web.no-pages": sentence(
        "the pages are not built",
        "网页尚未构建",
        mend_en="Run `make ui`.",
        mend_zh="请运行 `make ui`。",
    ),
}

WEB_WORDS: dict[str, Words] = {
    "order.mode": Words("{author}: mode {mode}", "{author}：切换为{mode}模式"),
    "order.stop": Words("{author}: stop {asset}", "{author}：停运{asset}"),
    "order.release": Words("{author}: release {asset}", "{author}：解除对{asset}的人工干预"),
    "order.power": Words("{author}: {asset} at {power} kW {until}", "{author}：{asset}设为 {power} kW，{until}"),
    "order.range": Words(
        "{author}: {asset} between {low} and {high} kW {until}", "{author}：{asset}限于 {low} 至 {high} kW，{until}"
    ),
    "order.least": Words("{author}: {asset} at least {low} kW {until}", "{author}：{asset}不低于 {low} kW，{until}"),
    "order.most": Words("{author}: {asset} at most {high} kW {until}", "{author}：{asset}不高于 {high} kW，{until}"),
    "order.until": Words("until {time}", "至 {time}"),
    "order.released": Words("until it is released", "直至解除"),
    "who.park": Words("Park", "园区"),
    "who.control": Words("Control", "控制进程"),
    "who.planner": Words("Planner", "计划进程"),
    "who.plan": Words("Plan", "计划"),
    "who.twin": Words("Twin", "孪生体"),
    "who.weather": Words("Weather", "气象预报"),
    "who.web": Words("Web", "网页"),
    "who.orders": Words("Orders", "指令"),
    "who.plans": Words("Plans", "计划文件"),
    "point.power_kw": Words("power", "功率"),
    "point.soc": Words("state of charge", "荷电状态"),
    "point.available_kw": Words("available power", "可发功率"),
    "point.demand_kw": Words("demand", "需量"),
    "point.import_kwh": Words("energy imported", "下网电量"),
    "point.export_kwh": Words("energy exported", "上网电量"),
    "point.set_power_kw": Words("set power", "设定功率"),
    "point.set_limit_kw": Words("set limit", "设定上限"),
    "point.revert_kw": Words("revert value", "回退值"),
    "point.revert_time_s": Words("revert time", "回退时间"),
    "point.revert_remaining_s": Words("revert time left", "回退剩余时间"),
    "point.heartbeat": Words("device heartbeat", "设备心跳"),
    "point.controller_heartbeat": Words("controller heartbeat", "控制器心跳"),
    "point.clock_s": Words("device clock", "设备时钟"),
    "point.state": Words("device state", "设备状态"),
    "author.plan": Words("plan", "计划"),
    "author.operator": Words("operator", "操作员"),
    "author.connection": Words("connection limits", "并网点限值"),
    "author.local": Words("local rules", "本地规则"),
    "author.guard": Words("guard", "安全保护"),
    "host.address": Words("an IP address of this machine", "本机的 IP 地址"),
    "reason.connection-leaves": Words(
        "takes all that is available, which is less than the connection would leave it",
        "尽发可用电力，未触及并网点所留的上限",
    ),
    "mode.off": Words("off", "关闭"),
    "mode.shadow": Words("shadow", "影子"),
    "mode.auto": Words("automatic", "自动"),
    "secret.made": Words("The secret to log in with stands in {file}", "登录口令已写入 {file}"),
    "serving": Words("Cockpit: {address}", "驾驶舱：{address}"),
}
"""Words of the log and of the process's own output."""
