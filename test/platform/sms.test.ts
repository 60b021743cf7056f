import { describe, expect, it } from 'vitest';
import { smsOf } from '../../shared/platform/sms.ts';

describe('what a phone gets', () => {
  it.each([
    ['the first line, which says what to do', 'GET UP: x, 1', 'GET UP: x held.\n\nWhat happened', 'GET UP: x held.'],
    ['all of one line', 'NO ACTION: x', 'NO ACTION: x held.', 'NO ACTION: x held.'],
    [
      'the subject, where the first line says no such thing',
      'NO ACTION: rules gone',
      'Version 3\nx',
      'NO ACTION: rules gone',
    ],
    ['the subject of an empty message', 'GET UP: x', '', 'GET UP: x'],
    [
      'characters of GSM-7 alone',
      'GET UP: a',
      'GET UP: [a] {b} c\\d^e~f|g`h é\u202e€',
      'GET UP: (a) (b) c-d-e-f-g-h ???',
    ],
  ])('is %s', (_name, subject, body, sms) => {
    expect(smsOf(subject, body)).toBe(sms);
  });

  it('is one part: 160 characters', () => {
    expect(smsOf('GET UP: x', `GET UP: ${'x'.repeat(5_000)}`)).toHaveLength(160);
    expect(smsOf('x'.repeat(5_000), '')).toHaveLength(160);
  });
});
