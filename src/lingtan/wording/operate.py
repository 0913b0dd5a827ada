"""A park alive: what its processes note, and what may be wrong with a run."""

from __future__ import annotations

from lingtan.wording import Words
from lingtan.wording.sentence import Sentence, sentence
from lingtan.wording.weather_intake import WEATHER_COMPLAINTS, WEATHER_EVENTS, WEATHER_FINDINGS, WEATHER_NOUNS

OPERATE_FINDINGS: dict[str, Sentence] = {
    **WEATHER_FINDINGS,
    "operate.no-run": sentence(
        "there is no run in this folder",
        "该文件夹中没有运行记录",
        mend_en="Name the folder that `lingtan serve` printed, or start one.",
        mend_zh="请给出 `lingtan serve` 显示的文件夹，或先启动一次运行。",
    ),
    "operate.run-busy": sentence(
        "this run is being served already",
        "该运行已在进行",
        mend_en="Stop the other one first, or name another folder with `--run`.",
        mend_zh="请先停止原有进程，或用 `--run` 指定其他文件夹。",
    ),
    "operate.other-park": sentence(
        "this folder holds a run of another park",
        "该文件夹中是另一园区的运行",
        mend_en="Name another folder with `--run`.",
        mend_zh="请用 `--run` 指定其他文件夹。",
    ),
    "operate.other-folder": sentence(
        "this folder holds what is not of a run",
        "该文件夹中有不属于运行记录的内容",
        mend_en="Name an empty folder, or one that is not there yet, with `--run`.",
        mend_zh="请用 `--run` 指定空文件夹或尚不存在的文件夹。",
    ),
    "operate.other-kind": sentence(
        "this folder holds a run of the other kind; its orders and mode are not taken over",
        "该文件夹中是另一类运行，其指令与模式不予沿用",
        mend_en="Name another folder with `--run`.",
        mend_zh="请用 `--run` 指定其他文件夹。",
    ),
    "operate.no-devices": sentence(
        "nothing says where the devices of this park answer",
        "未说明园区设备的通信地址",
        mend_en="Serve it with `--twin`, or name its devices under `devices:` in the park file.",
        mend_zh="请用 `--twin` 接入孪生体，或在园区文件的 `devices:` 中列出设备。",
    ),
    "operate.device-missing": sentence(
        "no device is named for this, and control needs to see it",
        "未配置其设备，而控制必须观测它",
        mend_en="Name one under `devices:` in the park file.",
        mend_zh="请在园区文件的 `devices:` 中补充。",
    ),
    "operate.bad-wiring": sentence(
        "this is not a wiring of devices",
        "设备接线表无效",
        mend_en="Start the run anew; its twin or the park file writes the wiring.",
        mend_zh="请重新启动运行，接线表由孪生体或园区文件生成。",
    ),
    "operate.no-extra": sentence(
        "a library that serving needs is not installed",
        "缺少运行所需的库",
        mend_en="Run `pip install 'lingtan[devices,web]'`.",
        mend_zh="请运行 `pip install 'lingtan[devices,web]'`。",
    ),
    "operate.nothing-to-replay": sentence(
        "nothing is recorded in this span",
        "该时段没有记录",
        mend_en="Choose a span that the run covers; `lingtan replay RUN` takes the last hour.",
        mend_zh="请选择运行覆盖的时段；`lingtan replay RUN` 默认取最近一小时。",
    ),
    "operate.replay-differs": sentence(
        "the recorded decisions come out otherwise now",
        "重放得到的决策与记录不一致",
        mend_en="Compare the versions of lingtan and the park file of the run; `--json` shows the first that differ.",
        mend_zh="请核对运行所用的 lingtan 版本与园区文件；`--json` 列出最先出现的差异。",
    ),
    "operate.not-recorded": sentence(
        "this span is not recorded in whole quarter-hours",
        "该时段的记录不是完整的 15 分钟",
        mend_en="Choose whole quarter-hours that the run covers.",
        mend_zh="请选择运行覆盖的完整 15 分钟时段。",
    ),
    "operate.gap": sentence(
        "too little of quarter-hour {step} was read well to be settled",
        "第 {step} 个 15 分钟的有效采样不足，无法结算",
        mend_en="Settle the quarter-hours beside it; what is missing is not zero.",
        mend_zh="请结算相邻时段；缺失不等于零。",
    ),
    "operate.fault-needs": sentence(
        "this says neither a device and what it is to do wrong, nor `--clear`",
        "既未指明设备与故障类别，也未使用 `--clear`",
        mend_en="Name both, such as `lingtan devices fault RUN battery slow`, or end all faults with `--clear`.",
        mend_zh="请同时给出二者，如 `lingtan devices fault RUN battery slow`，或用 `--clear` 清除全部故障。",
    ),
    "operate.open-host": sentence(
        "the pages are reached from other machines over plain HTTP: whoever listens on the way reads secret and session",
        "其他机器将通过明文 HTTP 访问页面，途中可被窃听口令与会话",
        mend_en="Put a proxy with TLS before them and serve on 127.0.0.1, or use it only in a network that you trust.",
        mend_zh="请在页面前设置 TLS 代理并监听 127.0.0.1，或仅在可信网络中使用。",
    ),
    "operate.bad-fault": sentence(
        "the twin knows no such fault",
        "孪生体没有此类故障",
        mend_en="Choose one of those named.",
        mend_zh="请从所列故障中选择。",
    ),
    "operate.no-twin": sentence(
        "this run has real devices: faults are played by a twin only",
        "该运行接入真实设备，故障演练仅限孪生体",
        mend_en="Serve the park with `--twin`.",
        mend_zh="请用 `--twin` 运行园区。",
    ),
    "operate.unknown-device": sentence(
        "the run has no device of this name",
        "该运行没有此设备",
        mend_en="Choose one of those named.",
        mend_zh="请从所列设备中选择。",
    ),
    "operate.port-taken": sentence(
        "somebody answers at this address already",
        "该地址已被占用",
        mend_en="Choose another port, or leave `--port` out.",
        mend_zh="请换一个端口，或省略 `--port`。",
    ),
    "operate.no-such-address": sentence(
        "this machine has no such address",
        "本机没有这个地址",
        mend_en="Give an address of this machine, or leave `--host` out.",
        mend_zh="请给出本机的地址，或省略 `--host`。",
    ),
    "operate.process-ended": sentence(
        "a process of the run ended before it was ready",
        "运行的某个进程未就绪即退出",
        mend_en="Read its log.",
        mend_zh="请查看其日志。",
    ),
}

OPERATE_EVENTS: dict[str, Words] = {
    **WEATHER_EVENTS,
    "operate.started": Words("control started, mode {mode}", "控制进程启动，模式 {mode}"),
    "operate.stopped": Words("control stopped; leases given back: {released}", "控制进程停止；已释放租约：{released}"),
    "operate.tick-failed": Words("a tick failed: {kind}: {what}", "一个控制周期失败：{kind}：{what}"),
    "operate.clock-moved": Words("the clock of this machine moved by {moved_s} s", "本机时钟跳变 {moved_s} s"),
    "operate.ticks-late": Words(
        "in the last hour {late} ticks came late and {missed} were missed",
        "最近一小时有 {late} 个控制周期超时，{missed} 个缺失",
    ),
    "operate.recording-again": Words(
        "recorded again; for {seconds} s nothing could be: {what}; {count} ticks are lost",
        "恢复记录；此前 {seconds} s 无法写入（{what}），缺失 {count} 个周期",
    ),
    "operate.process-died": Words("ended unexpectedly, status {exit}", "意外退出，状态 {exit}"),
    "operate.process-hung": Words(
        "gave no sign of life for {seconds} s and was ended", "{seconds} s 无生命信号，已被终止"
    ),
    "operate.process-back": Words("is back, started anew", "已重新启动并恢复"),
    "operate.plan-late": Words(
        "no new plan for {minutes} min; the last one is followed for {hours} h, then local rules",
        "已 {minutes} min 没有新计划；上一份计划最多跟随 {hours} h，之后转入本地规则",
    ),
    "operate.plan-again": Words("plans come again", "恢复给出计划"),
    "operate.device-lost": Words("the device does not answer: {kind}", "设备无应答：{kind}"),
    "operate.device-back": Words("the device answers again", "设备恢复应答"),
    "operate.not-written": Words("a set-point was not taken: {kind}", "设定值未被接受：{kind}"),
    "operate.written-again": Words("set-points are taken again", "设定值恢复写入"),
    "operate.device-clock": Words("the clock of the device jumped by {jump_s} s", "设备时钟跳变 {jump_s} s"),
    "operate.unreadable": Words(
        "cannot be read: {what}; nothing new is heard from there", "无法读取（{what}），暂不接收其中的新内容"
    ),
    "operate.readable": Words("can be read again", "恢复读取"),
    "operate.orders-anew": Words(
        "the file of orders is another one; what was ordered before stands no more, but for stops",
        "指令文件已更换，此前的指令不再有效，停运除外",
    ),
    "operate.not-released": Words(
        "its lease could not be given back; it falls back by itself within {lease_s} s",
        "租约未能释放，设备将在 {lease_s} s 内自行回退",
    ),
    "operate.order-mode": Words("{author} ordered mode {mode}", "{author} 切换模式为 {mode}"),
    "operate.order-stop": Words("{author} stopped it", "{author} 下令停运"),
    "operate.order-release": Words("{author} released it", "{author} 解除停运"),
    "operate.order-proposal": Words("{author} gave bounds or a set-point", "{author} 给出限值或设定值"),
    "operate.order-refused": Words("an order of {author} was refused: {why}", "{author} 的指令被拒绝：{why}"),
}
"""What the processes note; the values come from the event's detail."""

OPERATE_NOUNS: dict[str, Words] = {
    **WEATHER_NOUNS,
    "operate.started": Words("control started", "控制进程启动"),
    "operate.stopped": Words("control stopped", "控制进程停止"),
    "operate.tick-failed": Words("failed tick", "控制周期失败"),
    "operate.clock-moved": Words("jump of this machine's clock", "本机时钟跳变"),
    "operate.ticks-late": Words("late or missed ticks", "控制周期超时或缺失"),
    "operate.recording-again": Words("gap in the record", "记录中断后恢复"),
    "operate.process-died": Words("unexpected end of a process", "进程意外退出"),
    "operate.process-hung": Words("process that hung", "进程挂起"),
    "operate.process-back": Words("process that is back", "进程恢复"),
    "operate.plan-late": Words("no new plan", "没有新计划"),
    "operate.plan-again": Words("plans that come again", "恢复给出计划"),
    "operate.device-lost": Words("device that does not answer", "设备无应答"),
    "operate.device-back": Words("device that answers again", "设备恢复应答"),
    "operate.not-written": Words("set-point not taken", "设定值未被接受"),
    "operate.written-again": Words("set-points taken again", "设定值恢复写入"),
    "operate.device-clock": Words("jump of the device's clock", "设备时钟跳变"),
    "operate.unreadable": Words("file that cannot be read", "文件无法读取"),
    "operate.readable": Words("file that can be read again", "文件恢复读取"),
    "operate.orders-anew": Words("new file of orders", "指令文件更换"),
    "operate.not-released": Words("lease not given back", "租约未释放"),
    "operate.order-mode": Words("change of mode", "切换模式"),
    "operate.order-stop": Words("order to stop", "停运指令"),
    "operate.order-release": Words("order to release", "解除指令"),
    "operate.order-proposal": Words("order of bounds or a set-point", "限值或设定值指令"),
    "operate.order-refused": Words("refused order", "指令被拒绝"),
}
"""What an event is called where it does not carry the values of its sentence."""

DRIVER_FAULTS: dict[str, Words] = {
    "no-connection": Words("no connection", "无法连接"),
    "waiting": Words("waiting before the next try to connect", "等待重新连接"),
    "timeout": Words("no answer in time", "应答超时"),
    "id-mismatch": Words("the answer bears the number of another question", "应答编号不符"),
    "broken-frame": Words("the answer cannot be read", "应答报文损坏"),
    "refused": Words("the device refuses", "设备拒绝"),
    "unforeseen": Words("an error of lingtan; its log says more", "lingtan 内部错误，详见日志"),
}
"""Why a device was not read or told (`kind` of `operate.device-lost` and `operate.not-written`)."""

COMPLAINTS: dict[str, Words] = {
    **WEATHER_COMPLAINTS,
    "unknown-kind": Words("no such kind of order", "没有此类指令"),
    "unknown-mode": Words("no such mode", "没有此模式"),
    "unknown-asset": Words("no such asset that can be told anything", "没有此可控设备"),
    "no-numbers": Words("its bounds are no numbers in order", "限值不是有效数值"),
}
"""Why an order or a forecast of the weather was refused (`why` of `operate.order-refused` and `operate.weather-refused`)."""

OPERATE_WORDS: dict[str, Words] = {
    "wait.twin": Words(
        "starting the twin: it reads the series of a year, which may take a minute and a half",
        "正在启动孪生体：需读取全年序列，可能要一分半钟",
    ),
    "wait.web": Words("starting the pages", "正在启动网页"),
    "serving": Words("serving {park}: {url}", "{park} 运行中：{url}"),
    "secret": Words("first sign-in: the secret stands in {file}", "首次登录口令见 {file}"),
    "twin": Words("a run with a twin", "数字孪生运行"),
    "real": Words("a run with real devices", "真实设备运行"),
    "run": Words("run folder: {folder}", "运行文件夹：{folder}"),
    "stop": Words("Ctrl-C ends it and gives every lease back", "按 Ctrl-C 结束并释放全部租约"),
    "ended": Words("ended; the log says which leases were given back", "已结束，租约释放情况见日志"),
    "replay.same": Words(
        "{ticks} ticks, {decisions} decisions: all come out the same", "{ticks} 个周期、{decisions} 条决策：全部一致"
    ),
    "fault.ordered": Words("{device}: {kind} for {seconds} s", "{device}：{kind}，持续 {seconds} s"),
    "fault.cleared": Words("no faults any more", "故障已清除"),
    "test.good": Words("answers", "应答正常"),
    "test.bad": Words("does not answer: {kind} {text}", "无应答：{kind} {text}"),
}
