import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLog } from '../../shared/platform/log.ts';

const written: string[] = [];

beforeEach(() => {
  written.length = 0;
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((chunk) => {
      written.push(String(chunk));
      return true;
    });
  }
});
afterEach(() => vi.restoreAllMocks());

/** The one line that was written. */
function line(): { readonly [name: string]: unknown } {
  const text = written.join('');
  expect(text.endsWith('\n')).toBe(true);
  expect(text.slice(0, -1)).not.toMatch(/[\r\n]/);
  return JSON.parse(text);
}

describe('a log line', () => {
  it('is one line of JSON: a static message, the function, and fields', () => {
    createLog('act').info('Step ended', { incident: 'image/1', step: 0 });
    expect(line()).toMatchObject({
      level: 'INFO',
      message: 'Step ended',
      service: 'act',
      incident: 'image/1',
      step: 0,
      timestamp: expect.stringMatching(/^\d{4}-/),
    });
  });

  it.each(['info', 'warn', 'error'] as const)('has the level %s', (level) => {
    createLog('act')[level]('x');
    expect(line()['level']).toBe(level.toUpperCase());
  });

  it('keeps attacker text within its field, and lets it move no cursor and turn no text around', () => {
    const title = 'x"}\n{"level":"INFO","message":"all is well"}\u001b[2K\u009b2K\u202egnp.exe\u2028\u200b';
    createLog('act').info('Decided', { title });
    expect(written.join('').trimEnd()).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    const { title: shown, message } = line();
    expect(message).toBe('Decided');
    expect(shown).toBe(
      'x"}\n{"level":"INFO","message":"all is well"}\u001b[2K\\u{9b}2K\\u{202e}gnp.exe\\u{2028}\\u{200b}',
    );
  });

  it('loses no field to the names that the logger keeps for itself', () => {
    createLog('act').info('Message sent', { message: 'contained-1', level: 'A', service: 'checkout' });
    expect(line()).toMatchObject({
      message: 'Message sent',
      message_: 'contained-1',
      level: 'INFO',
      level_: 'A',
      service: 'act',
      service_: 'checkout',
    });
  });

  it.each(['secretAccessKey', 'SessionToken', 'taskToken', 'token', 'password', 'credentials', 'Authorization'])(
    'never shows what is in %s, however deep',
    (name) => {
      createLog('act').error('x', { evidence: { list: [{ [name]: 'hunter2' }] }, [name]: { inner: 'hunter2' } });
      expect(written.join('')).not.toContain('hunter2');
      expect(written.join('')).toContain('[redacted]');
    },
  );

  it('never shows the id of an access key', () => {
    createLog('act').info('x', { text: 'signed by ASIAIOSFODNN7EXAMPLE.' });
    expect(line()['text']).toBe('signed by [redacted].');
  });

  it('is bounded, whatever an event brings', () => {
    createLog('act').info('x', { title: 'a'.repeat(1_000_000), tags: Array.from({ length: 1000 }, (_, n) => n) });
    const { title, tags } = line();
    expect(title).toMatch(/^a{8192} \[cut: 1000000 characters\]$/);
    expect(tags).toHaveLength(51);
    expect(tags).toContain('[cut: 1000 entries]');
  });

  it('writes an error with its cause, a circle and a large number without failing', () => {
    const circle: { [name: string]: unknown } = { big: 1n };
    circle['self'] = circle;
    createLog('act').info('x', { error: new Error('outer', { cause: new Error('inner') }), circle });
    expect(line()).toMatchObject({ error: { message: 'outer', cause: { message: 'inner' } }, circle: { big: '1' } });
  });
});
