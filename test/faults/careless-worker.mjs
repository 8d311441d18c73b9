import { randomUUID } from 'node:crypto';
import { SendEmail } from '../../dist/src/modules/notifications/send-email.job.js';
import { SettlePayment } from '../../dist/src/modules/budgets/settlement/settle-payment.job.js';
import { TaskRunner } from '../../dist/src/platform/tasks/task-runner.js';

/**
 * Loaded before the worker, it takes one guard away, so that the controls can show that the guard is what
 * holds. CARELESS names which.
 */
const TAKEN_AWAY = {
  /** Every run orders anew under a key of its own, instead of asking under the attempt's. */
  async 'asks-before-it-repeats'() {
    SettlePayment.prototype.settle = async function ({ key, ...order }) {
      const status = await this.treasury.pay({ ...order, key: randomUUID() });
      if (status.state !== 'decided') return { status, channel: 'reply' };
      return { status: { ...status, answer: { ...status.answer, key } }, channel: 'reply' };
    };
    const { begin } = SendEmail.prototype;
    SendEmail.prototype.begin = async function (emailId) {
      await this.uow.sql(
        "UPDATE notifications.delivery SET state = 'queued', attempts = 0 WHERE id = $1 AND state = 'sending'",
        [emailId],
      );
      return begin.call(this, emailId);
    };
  },
  /** That an e-mail is about to be sent is written down together with what came of it: a kill takes both back. */
  async 'written-before-it-is-sent'() {
    const { run } = SendEmail.prototype;
    SendEmail.prototype.run = function (payload) {
      return this.uow.run(() => run.call(this, payload));
    };
  },
  /** A task counts as done before its effect has happened. */
  async 'done-after-the-effect'() {
    TaskRunner.prototype.runUnderLease = async function (handler, task) {
      await this.markDone(task.id);
      await handler.run(task.payload, { taskId: task.id, attempts: task.attempts });
    };
  },
};

await TAKEN_AWAY[process.env.CARELESS]();
