import { defineNotice, duration } from '#platform';
import { aboutShift, themselves, withShift } from '../shifts/shift-notice.js';
import { hoursRecorded } from './hours.events.js';

defineNotice(hoursRecorded, {
  about: aboutShift,
  facts: (payload, ask) => withShift(payload, ask),
  tell: [
    {
      who: themselves,
      zh: ({ title, minutes, time }) => ({
        subject: `志愿服务时长已记录：${title}`,
        body: `${time}，记录时长 ${duration(minutes, '小时', '分钟')}。如有出入，请联系组织方。`,
      }),
      en: ({ title, minutes, time }) => ({
        subject: `Your hours are recorded: ${title}`,
        body: `${time}: ${duration(minutes, 'h', 'min')}. If that is not right, tell the organizer.`,
      }),
    },
  ],
});
