"""Chinese sentences of `TroubleWords`."""

from dutyboard.tui.text.troubles import TroubleWords

WORDS = TroubleWords(
    locked="未保存：{officer}（{login}，进程 {pid}）自 {since} 占用写入，请稍后再试。",
    contended="未保存：写入的人太多，请再试一次。",
    save_failed="未保存：磁盘写入失败（{errno}），请再试；仍不行请找管理员。",
    disk_full="未保存：磁盘已满，请管理员腾出空间后再试。",
    disk_read_only="未保存：磁盘已转为只读，请管理员检查磁盘。",
    sync_failed="未保存：磁盘同步失败（{errno}），已转为只读；查明磁盘后运行 dutyboard heal。",
    poisoned="值班台只读：先前磁盘同步失败。查明磁盘后运行 dutyboard heal 恢复写入。",
    not_writable="未保存：对数据文件夹没有写入权限，或磁盘只读。",
    lock_replaced="未保存：锁文件被删除或替换，请退出后重新打开值班台。",
    foreign_edit="{file} 被值班台以外的程序改过：未采用，已按日志重建，改过的文件存入 torn/。",
    corrupt="数据有损坏，不能写入（{file} 第 {byte} 字节起）：请管理员运行 dutyboard verify 查明，再用 salvage 抢救。",
    bad_backup="未恢复，备份有问题：{file}:{line} {what}。",
    busy="有人正在做检查点、归档、备份或核验，请稍后再试。",
    busy_with="{officer}（{login}，进程 {pid}）自 {since} 在做检查点、归档、备份或核验，请稍后再试。",
    bad_document="未保存：所填内容无法保存（{where}）。",
    bad_record="数据中有一条记录读不懂：{table}/{id} {path}。请升级程序，或运行 dutyboard trail 查看由谁写入。",
    not_local="数据文件夹在网络盘上（{filesystem}），不能保证不丢，请换本地盘。",
    too_new="数据由更新版本的程序写成（格式 {format}），请先升级。",
    no_desk="这个文件夹里还没有值班台：请先运行 dutyboard init。",
    folder_exists="{folder} 已存在，请另取名称。",
    no_journal="值班台的日志不见了：{folder}。不要运行 init；请找回 journal/、从备份恢复，或用 salvage 重建。",
    no_access="打不开数据文件夹（{errno}）。",
    denied="打不开 {file}：属于 {owner}，权限 {mode}。请其属主或管理员改正（chmod g+rw）。",
    unsafe="没有打开 {file}：{what}。有人动过数据文件夹，请管理员查明后移走。",
    of_another="这个数据文件夹属于 {owner}，root 不在里面办事：请用 sudo -u {owner} dutyboard ...",
    dumb_terminal="此终端（TERM=dumb）不能显示值班板，请用 dutyboard board。",
    not_utf8="终端编码不是 UTF-8，不能显示汉字 / the terminal is not UTF-8。",
    other="未能完成（{code}）。",
)
