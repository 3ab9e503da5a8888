"""English sentences of `TroubleWords`."""

from dutyboard.tui.text.troubles import TroubleWords

WORDS = TroubleWords(
    locked="Not saved: {officer} ({login}, process {pid}) has held the lock since {since}; try again.",
    contended="Not saved: too many are writing; please try again.",
    save_failed="Not saved: the disk refused ({errno}); try again, else ask the administrator.",
    disk_full="Not saved: the disk is full; try again when there is room.",
    disk_read_only="Not saved: the disk has turned read-only; it needs the administrator.",
    sync_failed="Not saved: the disk failed to sync ({errno}), read-only now; mend it, then dutyboard heal.",
    poisoned="Read-only since the disk failed to sync. See to the disk, then run dutyboard heal.",
    not_writable="Not saved: no permission to write to the data folder, or a read-only disk.",
    lock_replaced="Not saved: the lock file was deleted or replaced; leave and open the desk again.",
    foreign_edit="{file} was changed by another program: not used, rebuilt from the journal, kept in torn/.",
    corrupt="Damaged, nothing can be written ({file} from byte {byte} on): run dutyboard verify, then salvage.",
    bad_backup="Not restored, the backup is not sound: {file}:{line} {what}.",
    busy="Somebody is at a checkpoint, an archive or a backup; please try again.",
    busy_with="{officer} ({login}, process {pid}) has been at a checkpoint, archive, backup or check since {since}.",
    bad_document="Not saved: this cannot be stored ({where}).",
    bad_record="A record cannot be read: {table}/{id} {path}. Upgrade, or see who wrote it: dutyboard trail.",
    not_local="The data folder is on a network disk ({filesystem}); use a local one.",
    too_new="The data was written by a newer program (format {format}); upgrade first.",
    no_desk="There is no desk in this folder yet: run dutyboard init.",
    folder_exists="{folder} exists already; choose another name.",
    no_journal="The journal of {folder} is gone. No init here: bring journal/ back, restore, or salvage.",
    no_access="The data folder cannot be opened ({errno}).",
    denied="{file} cannot be opened: owner {owner}, mode {mode}. Its owner must mend it (chmod g+rw).",
    unsafe="{file} was not opened: {what}. Somebody meddled with the data folder: ask the administrator.",
    of_another="This data folder belongs to {owner}, and root does not work in it: use sudo -u {owner} dutyboard ...",
    dumb_terminal="This terminal (TERM=dumb) cannot show the board; use dutyboard board.",
    not_utf8="终端编码不是 UTF-8 / the terminal is not UTF-8.",
    other="It could not be done ({code}).",
)
