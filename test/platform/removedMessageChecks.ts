import type { RemovedCheck } from '../removedCheck.ts';

/** What goes to people on its way out: it fits, it says first whether to get up, and nothing that is refused takes it along. */
export const messageChecks: readonly RemovedCheck[] = [
  {
    file: 'shared/platform/sms.ts',
    text: '(verdict.test(first) ? first : subject)',
    replacement: 'first',
    test: 'test/platform/sms.test.ts',
    why: 'a phone does not say whether to get up',
  },
  {
    file: 'shared/platform/sms.ts',
    text: ".replace(/[^\\x20-\\x7e]/gu, '?')",
    replacement: '',
    test: 'test/platform/sms.test.ts',
    why: 'one character turns a text message into three',
  },
  {
    file: 'shared/platform/sms.ts',
    text: "\n    .replace(/[\\\\^~|`]/g, '-')",
    replacement: '',
    test: 'test/platform/sms.test.ts',
    why: 'one character turns a text message into three',
  },
  {
    file: 'shared/platform/sms.ts',
    text: '.slice(0, onePart);',
    replacement: ';',
    test: 'test/platform/sms.test.ts',
    why: 'a text message has ten parts, each of which is paid, and SNS may end it',
  },
  {
    file: 'shared/platform/topics.ts',
    text: 'Buffer.byteLength(whole) <= mostBytes',
    replacement: 'Buffer.byteLength(whole) > 0',
    test: 'test/platform/topics.test.ts',
    why: 'SNS refuses what is too large, and nobody is told',
  },
  {
    file: 'shared/platform/topics.ts',
    text: '.filter(([, value]) => /^[\\x20-\\x7e]{1,1000}$/.test(value))',
    replacement: '',
    test: 'test/platform/topics.test.ts',
    why: 'SNS refuses an attribute, and the page with it',
  },
  {
    file: 'shared/platform/ordersQueue.ts',
    text: 'if (first !== undefined) throw',
    replacement: 'if (first === null) throw',
    test: 'test/platform/ordersQueue.test.ts',
    why: 'an order that SQS did not take is lost, and so is the page of that channel',
  },
  {
    file: 'shared/platform/post.ts',
    text: "setTimeout(() => sent.destroy(new Error('no answer within five seconds')), patience)",
    replacement: 'setTimeout(() => undefined, patience)',
    test: 'test/platform/post.test.ts',
    why: 'one endpoint that never answers takes the function of all to the end of its time',
  },
];
