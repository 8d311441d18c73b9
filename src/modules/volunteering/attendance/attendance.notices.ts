import { type EventType } from '#libs/kernel';
import { type Ask, defineNotice } from '#platform';
import { aboutShift, themselves, withShift } from '../shifts/shift-notice.js';
import { AttendanceNotes } from './attendance-notes.js';
import { attendanceEntered, noShowRecorded, noShowReversed } from './attendance.events.js';

interface WrittenDown {
  shiftId: string;
  accountId: string | null;
  noteId: string;
}

const withReason = async (payload: WrittenDown, ask: Ask) => ({
  ...(await withShift(payload, ask)),
  reason: await ask(AttendanceNotes).reason(payload.noteId),
});

interface Wording {
  readonly subject: string;
  readonly note: string;
}

/** Whoever was written down is told, with the reason, and can object. */
function writtenDown(event: EventType<WrittenDown>, zh: Wording, en: Wording): void {
  defineNotice(event, {
    about: aboutShift,
    facts: withReason,
    tell: [
      {
        who: themselves,
        zh: ({ title, time, reason }) => ({
          subject: `${zh.subject}：${title}`,
          body: `时间：${time}（北京时间）\n${zh.note}\n组织方说明：${reason}`,
        }),
        en: ({ title, time, reason }) => ({
          subject: `${en.subject}: ${title}`,
          body: `Time: ${time} (Beijing)\n${en.note}\nThe organizer says: ${reason}`,
        }),
      },
    ],
  });
}

writtenDown(
  noShowRecorded,
  { subject: '已记录缺席', note: '记录显示您未到场。如有出入，请联系组织方撤销。' },
  {
    subject: 'Recorded as absent',
    note: 'You are recorded as not having come. If that is not right, ask the organizer to take it back.',
  },
);
writtenDown(
  noShowReversed,
  { subject: '缺席记录已撤销', note: '您的缺席记录已撤销。' },
  { subject: 'No longer recorded as absent', note: 'The record of your absence was taken back.' },
);
writtenDown(
  attendanceEntered,
  { subject: '已补录出勤', note: '组织方补录了您的签到和签退，经另一人确认后计入时长。' },
  {
    subject: 'Your attendance was entered later',
    note: 'The organizer has entered when you came and left; once a second person confirms it, the hours count.',
  },
);
