import { defineStates } from '#libs/kernel';

/**
 * The life of the copy of a message that goes out by one channel. `sending` is committed before the dialogue with
 * the channel begins, so a crash can never look like "not yet tried": what is found in `sending` later may have
 * arrived, and only a person decides to send it again.
 */
export const deliveryStates = defineStates({
  name: 'notifications.delivery',
  object: { zh: '投递', en: 'delivery' },
  // Without a mail server it is settled from the start.
  initial: ['queued', 'switched-off'],
  states: {
    queued: { zh: '待发送', en: 'queued' },
    sending: { zh: '发送中', en: 'being sent' },
    'switched-off': { zh: '收件人已关闭', en: 'switched off by the recipient' },
    sent: { zh: '已送达邮件服务器', en: 'sent' },
    failed: { zh: '发送失败', en: 'failed' },
    uncertain: { zh: '结果不明', en: 'of unknown outcome' },
    dismissed: { zh: '不再发送', en: 'dismissed' },
  },
  actions: {
    begin: { zh: '开始发送', en: 'begin' },
    'switch-off': { zh: '不发送', en: 'leave out' },
    refuse: { zh: '拒绝', en: 'refuse' },
    deliver: { zh: '送达', en: 'deliver' },
    fail: { zh: '记为失败', en: 'record the failure' },
    defer: { zh: '推迟', en: 'defer' },
    lose: { zh: '记为结果不明', en: 'record as of unknown outcome' },
    resend: { zh: '重新发送', en: 'send again' },
    dismiss: { zh: '放弃发送', en: 'dismiss' },
  },
  transitions: [
    { from: 'queued', by: 'begin', to: 'sending' },
    { from: 'queued', by: 'switch-off', to: 'switched-off' },
    { from: 'queued', by: 'refuse', to: 'failed' },
    // The server's answer may come after another worker gave this attempt up for lost, and even after the
    // operator asked for another one: then that one is saved.
    { from: ['sending', 'uncertain', 'queued'], by: 'deliver', to: 'sent' },
    { from: ['sending', 'uncertain'], by: 'fail', to: 'failed' },
    { from: 'sending', by: 'defer', to: 'queued' },
    { from: 'sending', by: 'lose', to: 'uncertain' },
    { from: ['uncertain', 'failed'], by: 'resend', to: 'queued' },
    { from: ['uncertain', 'failed'], by: 'dismiss', to: 'dismissed' },
  ],
});

export type DeliveryState = (typeof deliveryStates)['states'][number];
export type DeliveryAction = (typeof deliveryStates)['actions'][number];
