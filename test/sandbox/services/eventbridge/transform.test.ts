import { describe, expect, it } from 'vitest';
import { putServiceEvent } from '../../../../sandbox/services/eventbridge/bus.ts';
import type { Target } from '../../../../sandbox/services/eventbridge/state.ts';
import { checkTransformer } from '../../../../sandbox/services/eventbridge/transform.ts';
import { busWithQueue, queueArn, RULE } from './busWithQueue.ts';

const detail = { name: 'run "1"', status: 'FAILED', plain: 'x', list: [{ a: 1 }, { a: 2 }], deep: { on: true } };

/** What lies in the target's queue after one event, and why it lies in the dead-letter queue instead. */
async function sent(target: Partial<Target>, of: object = detail) {
  const { account, clock, messages } = busWithQueue({ target: { deadLetterArn: queueArn('lost'), ...target } });
  putServiceEvent(account, { source: 'aws.ecr', detailType: 'T', detail: { ...of } });
  await clock.advance(1000);
  const refused = messages('lost')[0]?.messageAttributes['ERROR_CODE']?.StringValue;
  return { body: messages('scans')[0]?.body, refused };
}
const delivered = async (target: Partial<Target>) => (await sent(target)).body;

const template = (inputTemplate: string, inputPathsMap: Record<string, string> = {}): Partial<Target> => ({
  inputTransformer: { inputTemplate, inputPathsMap },
});

describe('what a target gets', () => {
  it('can be constant', async () => expect(await delivered({ input: '{"go":1}' })).toBe('{"go":1}'));
  it.each([
    ['$.detail.status', '"FAILED"'],
    ['$.detail.list[1]', '{"a":2}'],
    ['$.detail.list[*].a', '[1,2]'],
    ['$.detail.none', '{}'],
    ['$.detail.none.deeper[3]', '{}'],
  ])('can be a part: %s', async (inputPath, expected) => expect(await delivered({ inputPath })).toBe(expected));

  it('can be a JSON template, its values whole where they stand alone', async () => {
    const paths = { status: '$.detail.status', deep: '$.detail.deep', name: '$.detail.name' };
    const filled = await delivered(template('{"s": <status>, "d": <deep>, "n": <name>, "t": "is <status>"}', paths));
    expect(JSON.parse(filled ?? '')).toEqual({ s: 'FAILED', d: { on: true }, n: 'run "1"', t: 'is FAILED' });
  });

  it('can be text, which keeps its quotation marks', async () => {
    const paths = { status: '$.detail.status', none: '$.detail.none' };
    expect(await delivered(template('"It \\"<status>\\" <none>."\n"Rule <aws.events.rule-name>"', paths))).toBe(
      '"It \\"FAILED\\" ."\n"Rule scans"',
    );
  });

  it('knows the rule, the time and the event', async () => {
    const filled = await delivered(
      template(
        '{"r": <aws.events.rule-arn>, "t": <aws.events.event.ingestion-time>, "e": <aws.events.event>, "j": <aws.events.event.json>}',
      ),
    );
    const { r, t, e, j } = JSON.parse(filled ?? '') as Record<string, Record<string, unknown>>;
    expect([r, t]).toEqual([RULE, '2026-11-24T08:00:00.000Z']);
    expect(j).toMatchObject({ source: 'aws.ecr', detail });
    expect(e).toMatchObject({ source: 'aws.ecr' });
    expect(e).not.toHaveProperty('detail');
  });

  it('loses the quotation marks of an object within text', async () => {
    expect(await delivered(template('"Detail is <deep>"', { deep: '$.detail.deep' }))).toBe('"Detail is {on:true}"');
  });

  it('is not escaped within quotes: text from an event can break the JSON, and then goes to the dead-letter queue', async () => {
    const named = template('{"n": "run <name>"}', { name: '$.detail.name' });
    expect(await sent(named, { name: 'plain' })).toEqual({ body: '{"n": "run plain"}', refused: undefined });
    expect(await sent(named)).toEqual({ body: undefined, refused: 'INVALID_JSON' });
  });
});

describe('a transformer', () => {
  const check =
    (inputTemplate: string, inputPathsMap: Record<string, string> = {}) =>
    () =>
      checkTransformer({ inputTemplate, inputPathsMap });
  it('must define what it names', () => {
    expect(check('{"a": <a>}', { a: '$.detail' })).not.toThrow();
    expect(check('{"a": <a>}')).toThrow(/<a>/);
  });
  it('must be JSON or text in quotes', () => {
    expect(check('<a>', { a: '$.detail' })).not.toThrow();
    expect(check('"<a> is in <a>"', { a: '$.id' })).not.toThrow();
    expect(check('<a> is in <a>', { a: '$.id' })).toThrow(/neither JSON nor text/);
    expect(check('{"a": <a>', { a: '$.id' })).toThrow(/neither JSON nor text/);
  });
  it.each(['detail', '$.detail..x', '$[?(@.a)]', '$.a b'])('cannot follow the path %s', (path) => {
    expect(check('{"a": <a>}', { a: path })).toThrow(/Invalid JSON path/);
  });
  it('cannot define a reserved name', () => {
    expect(check('"<aws.events.rule-arn>"', { 'aws.events.rule-arn': '$.id' })).toThrow(/Invalid input variable/);
  });
});
