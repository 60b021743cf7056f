/** One part of a text message holds 160 characters of GSM-7. */
const onePart = 160;

const verdict = /^(?:GET UP|NO ACTION):/;

/** ASCII in those of its characters that GSM-7 has in its basic table: the others cost two there. */
export const basicGsm = (ascii: string): string =>
  ascii
    .replace(/[[{]/g, '(')
    .replace(/[\]}]/g, ')')
    .replace(/[\\^~|`]/g, '-');

/**
 * What phones get of a message: its first line where that says what to do, else its subject, which does. One part, in the characters that are
 * ASCII and of the basic GSM-7 table alike: any other costs two, or turns all of it into UCS-2, which holds 70.
 */
export function smsOf(subject: string, body: string): string {
  const [first = ''] = body.slice(0, 2_000).split('\n', 1);
  return basicGsm((verdict.test(first) ? first : subject).replace(/[^\x20-\x7e]/gu, '?')).slice(0, onePart);
}
