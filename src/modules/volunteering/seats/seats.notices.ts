import { type EventType } from '#libs/kernel';
import { beijingTime, defineNotice, tellNobody } from '#platform';
import { aboutShift, themselves, withShift } from '../shifts/shift-notice.js';
import {
  shiftCancelled,
  signUpCancelled,
  signUpConfirmed,
  signUpPromoted,
  signUpWaitlisted,
} from './seats.events.js';
import { SignUpReads } from './sign-ups.read.js';

type Told = Awaited<ReturnType<typeof withShift<{ shiftId: string; accountId: string | null }>>>;

interface Wording {
  readonly subject: string;
  readonly note: (told: Told) => string;
}

/** News about one's own place in a shift. */
function ownPlace(
  event: EventType<{ shiftId: string; accountId: string | null }>,
  zh: Wording,
  en: Wording,
): void {
  defineNotice(event, {
    about: aboutShift,
    facts: (payload, ask) => withShift(payload, ask),
    tell: [
      {
        who: themselves,
        zh: (told: Told) => ({
          subject: `${zh.subject}：${told.title}`,
          body: `时间：${told.time}（北京时间）\n地点：${told.place}\n${zh.note(told)}`,
        }),
        en: (told: Told) => ({
          subject: `${en.subject}: ${told.title}`,
          body: `Time: ${told.time} (Beijing)\nPlace: ${told.place}\n${en.note(told)}`,
        }),
      },
    ],
  });
}

ownPlace(
  signUpConfirmed,
  { subject: '报名成功', note: () => '如不能参加，请尽早取消，名额会留给候补的人。' },
  {
    subject: 'You have a place',
    note: () => 'If you cannot come, cancel early: the place goes to the waiting list.',
  },
);

ownPlace(
  signUpWaitlisted,
  {
    subject: '已进入候补',
    note: ({ queueEnds }) =>
      `名额已满。${queueEnds} 之前有人退出时按先后顺序补上，我们会立即通知您；此后不再递补。`,
  },
  {
    subject: 'You are on the waiting list',
    note: ({ queueEnds }) =>
      `All places are taken. When one is given back before ${queueEnds}, we tell you at once; later nobody moves up.`,
  },
);

defineNotice(signUpPromoted, {
  about: aboutShift,
  facts: async ({ answerBy, ...payload }, ask) => ({
    ...(await withShift(payload, ask)),
    until: beijingTime(answerBy),
  }),
  tell: [
    {
      who: themselves,
      zh: ({ title, place, time, until }) => ({
        subject: `候补成功：${title}`,
        body:
          `时间：${time}（北京时间）\n地点：${place}\n您已获得名额。` +
          `如不能参加，请在 ${until} 之前取消，名额会留给下一位候补的人。`,
      }),
      en: ({ title, place, time, until }) => ({
        subject: `You have a place now: ${title}`,
        body:
          `Time: ${time} (Beijing)\nPlace: ${place}\nA place became free for you. ` +
          `If you cannot come, decline before ${until}: then the next person is asked.`,
      }),
    },
  ],
});

defineNotice(shiftCancelled, {
  about: aboutShift,
  facts: async (payload, ask) => ({
    ...(await withShift(payload, ask)),
    people: await ask(SignUpReads).everybodyOf(payload.shiftId),
  }),
  tell: [
    {
      who: ({ people }) => people,
      zh: ({ title, place, time }) => ({
        subject: `班次取消：${title}`,
        body: `时间：${time}（北京时间）\n地点：${place}\n组织方取消了这个班次，请不要前往。`,
      }),
      en: ({ title, place, time }) => ({
        subject: `Cancelled: ${title}`,
        body: `Time: ${time} (Beijing)\nPlace: ${place}\nThe organizer has called this shift off; please do not come.`,
      }),
    },
  ],
});

tellNobody(signUpCancelled, 'the person cancelled and saw the answer; who moves up is told by the promotion');
