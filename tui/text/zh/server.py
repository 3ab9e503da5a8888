"""Chinese sentences of `ServerWords`."""

from dutyboard.tui.text.server import ServerWords

WORDS = ServerWords(
    bad_word="「{word}」不能写进系统文件：名称用字母、数字、_ . -，路径用绝对路径，不含空格等符号。",
    not_root="--apply 要写系统文件：请用 root 运行（不加 --apply 只看不改）。",
    to_apply="{count} 项要做：加 --apply 就做。",
    applied="已做 {count} 项。",
    nothing_to_do="都已就绪，没有要做的。",
    step_failed="{step}：没有做成，{program} 说「{said}」。改好后再运行一次，已做的不会重做。",
    sshd_by_hand="sshd 没有重读配置（这台机器不由 systemd 启动）：请发 HUP 信号给它。",
    unknown="{about}：没有权限，看不到，请用 root 运行。",
    marks={"there": "已有", "to_do": "要做", "done": "做了", "foreign": "未动", "unknown": "不明", "note": "说明"},
    steps={
        "group": "组 {about}：其成员经 sudo 进门",
        "account": "账户 {about}：值班台的主人，没有口令",
        "folder": "文件夹 {about}",
        "file": "文件 {about}",
        "timers": "定时任务 {about}",
        "sshd": "让 {about} 重读配置",
        "no_sudo": "没有装 sudo：不写 sudo 规则，人员只凭密钥进门",
        "no_systemd": "这台机器不由 systemd 启动：单元文件已列出，但没有启动定时任务",
        "no_logs": "本程序没有日志文件，不写 logrotate：日志链头写到系统日志，值班日志从不轮转",
    },
    foreign={
        "group": "",
        "account": "账户 {about} 已有，但不同（{differs}）：请用 usermod 改，或用 --account 换一个。",
        "folder": "{about} 已有，但主人或类型不同（{differs}）：请查明后改好。",
        "file": "{about} 已有，不是本程序写的或被改过（{differs}）：未动。要替换请加 "
        "--replace {about}（原件留作 .before）。",
        "timers": "",
        "sshd": "",
    },
    installation={
        "not_roots": "程序装在 {path}，不属于 root：其主人可冒充任何人。请由 root 装到 /opt/dutyboard。",
        "others_write": "程序装在 {path}，别人可写：能冒充任何人。请 chmod go-w，或由 root 装到 /opt/dutyboard。",
        "unreadable": "程序装在 {path}，值班台账户读不到。请由 root 装到 /opt/dutyboard。",
    },
)
