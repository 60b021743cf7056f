import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventbridgeService } from '../../../sandbox/services/eventbridge/service.ts';
import { answerOutside } from '../../../sandbox/services/outside/answer.ts';
import { sqsService } from '../../../sandbox/services/sqs/service.ts';
import { addBusWithQueue, eventsIn } from '../services/eventbridge/busWithQueue.ts';
import { openWire, type Wire } from '../services/openWire.ts';
import { type Answered, ask, type Sent } from './ask.ts';

let wire: Wire;
beforeEach(async () => {
  wire = await openWire(eventbridgeService, sqsService);
  addBusWithQueue(wire.account);
});
afterEach(() => wire.close());

const control = (path: string, sent?: Sent): Promise<Answered> => ask(wire.config.endpoint, `/_sandbox/${path}`, sent);
const post = (path: string, body: string | Buffer): Promise<Answered> => control(path, { method: 'POST', body });

/** What waits in the queue that the bus feeds, after everything was delivered. */
async function delivered(): Promise<readonly Record<string, unknown>[]> {
  await wire.clock.settle();
  return eventsIn(wire.account, 'scans');
}

/** An array as deep as this. */
const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

describe('POST /_sandbox/events', () => {
  it('delivers an envelope as it is, those of AWS services too', async () => {
    const event = { id: 'e-1', source: 'aws.ecr', 'detail-type': 'ECR Image Scan', odd: [null, { kept: 'as it is' }] };
    const answer = await post('events', JSON.stringify(event));
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'application/json' } });
    expect(JSON.parse(answer.text)).toEqual({ delivered: 1 });
    expect(await delivered()).toEqual([event]);
  });

  it('delivers an array of them', async () => {
    const answer = await post('events', JSON.stringify([1, 2, 3].map((id) => ({ id, source: 'aws.ecr' }))));
    expect(JSON.parse(answer.text)).toEqual({ delivered: 3 });
    expect((await delivered()).map(({ id }) => id).toSorted()).toEqual([1, 2, 3]);
  });

  it('takes an event as deep as is allowed', async () => {
    const answer = await post('events', `{"source":"aws.ecr","detail":${nested(499)}}`);
    expect(answer.status).toBe(200);
    expect(await delivered()).toHaveLength(1);
  });

  it.each([
    ['no body', '', /^The body is not JSON: /],
    ['text that is no JSON', '{"source":', /^The body is not JSON: /],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00]), /^The body is not JSON: /],
    ['a number', '7', /^An event is a JSON object, and the body is none; nothing was delivered\.$/],
    ['null', 'null', /the body is none/],
    ['an array that holds a text', '[{"source":"aws.ecr"},"x"]', /entry 1 of the array is none; nothing was delivered/],
    ['an array of arrays', '[[{"source":"aws.ecr"}]]', /entry 0 of the array is none/],
    ['levels without end', `{"source":"aws.ecr","detail":${nested(100_000)}}`, /at most 500 levels, and the body/],
    ['such an entry', `[{"source":"aws.ecr"},{"detail":${nested(501)}}]`, /and entry 1 of the array has more/],
  ])('refuses %s with 400 and a sentence, and delivers nothing', async (_what, body, says) => {
    const answer = await post('events', body);
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.text)).toEqual({ message: expect.stringMatching(says) });
    expect(await delivered()).toEqual([]);
  });

  it('refuses a body that is larger than any operation takes, and goes on', async () => {
    const answer = await post('events', Buffer.alloc(64 * 1024 * 1024 + 1, ' '));
    expect(answer.status).toBe(413);
    expect(JSON.parse(answer.text).message).toMatch(/^The body is larger than 67108864 bytes/);
    expect((await post('events', '{"source":"aws.ecr"}')).status).toBe(200);
  });
});

describe('POST /_sandbox/advance', () => {
  it('lets time pass, and answers when what was due has happened', async () => {
    const before = wire.clock.now();
    await post('events', '{"source":"aws.ecr"}');
    const answer = await post('advance', '{"seconds":90.5}');
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text)).toEqual({ now: new Date(before + 90_500).toISOString() });
    expect(eventsIn(wire.account, 'scans')).toHaveLength(1);
  });

  it.each([
    ['no JSON', 'seconds=5'],
    ['no seconds', '{}'],
    ['a text', '{"seconds":"60"}'],
    ['nought', '{"seconds":0}'],
    ['the past', '{"seconds":-1}'],
    ['more than a month', '{"seconds":2678401}'],
    ['infinity', '{"seconds":1e999}'],
    ['a member that nobody reads', '{"seconds":1,"minutes":1}'],
  ])('refuses %s with 400, and time stands still', async (_what, body) => {
    const before = wire.clock.now();
    const answer = await post('advance', body);
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.text).message).toMatch(/^The body (is not JSON: .*|must be \{"seconds": n\}.*31 days.*)$/);
    expect(wire.clock.now()).toBe(before);
  });
});

describe('GET /_sandbox/trail', () => {
  it('answers with every call so far: when, who, what, to what, and what came of it', async () => {
    await post('events', '{"source":"aws.ecr"}');
    await wire.clock.settle();
    const { status, text } = await control('trail');
    expect(status).toBe(200);
    expect(JSON.parse(text)).toEqual({
      calls: [
        {
          at: expect.stringMatching(/^2026-11-24T08:00:00\.\d{3}Z$/),
          principal: 'events.amazonaws.com',
          action: 'sqs:SendMessage',
          resource: 'arn:aws:sqs:eu-west-1:123456789012:scans',
          result: 'ok',
        },
      ],
    });
  });
});

describe('what the control endpoint does not have', () => {
  it.each([
    ['GET', 'events', 'POST'],
    ['DELETE', 'trail', 'GET'],
    ['PUT', 'advance', 'POST'],
  ])('answers %s %s with 405 and the method that there is', async (method, path, allow) => {
    const answer = await control(path, { method });
    expect(answer).toMatchObject({ status: 405, headers: { allow } });
    expect(JSON.parse(answer.text).message).toContain(
      `no ${method} /_sandbox/${path}. There are: POST /_sandbox/events`,
    );
  });

  it.each(['', 'nothing', 'events/', 'constructor', '..%2Ftrail'])('answers the path %j with 404', async (path) => {
    const answer = await control(path);
    expect(answer.status).toBe(404);
    expect(answer.headers['allow']).toBeUndefined();
    expect(JSON.parse(answer.text).message).toContain('There are: POST /_sandbox/events, GET /_sandbox/trail');
  });
});

describe('POST /_sandbox/faults', () => {
  it.each([
    [{ service: 'esc' }, 'service: there is no service "esc"; did you mean "ecs"?'],
    [
      { service: 'ecs', operation: 'updateservice' },
      'operation: ecs has no operation "updateservice" here; did you mean "UpdateService"?',
    ],
    [{ operation: 'Nothing' }, /^operation: no service has an operation "Nothing" here; one of /],
    [{ function: 'act' }, /^function: there is no function "act"; /],
  ])('refuses a name that nothing has: %j', async (names, says) => {
    const answer = await post('faults', JSON.stringify([{ fault: 'failed' }, { ...names, fault: 'failed' }]));
    expect(answer.status).toBe(400);
    const { message } = JSON.parse(answer.text);
    expect(message).toMatch(
      says instanceof RegExp ? new RegExp(says.source.replace('^', '^1\\.')) : `1.${says}; no fault was set.`,
    );
    expect(JSON.parse((await control('faults')).text)).toEqual({ faults: [] });
  });

  it.each([
    { service: 'ecs', operation: 'UpdateService' },
    { operation: 'GetItem' },
    { service: 'lambda', operation: 'Run' },
    { service: 'events', operation: 'Deliver' },
    { service: 'sns' },
    {},
  ])('takes %j', async (names) => {
    expect((await post('faults', JSON.stringify({ ...names, fault: 'failed' }))).status).toBe(200);
  });
});

describe('/_sandbox/outside', () => {
  it('says how a host answers for a while, and what was sent there', async () => {
    const answer = await post('outside', '{"host":"hooks.example.com","status":503,"seconds":60,"retryAfter":5}');
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text)).toEqual({ until: new Date(wire.account.clock.now() + 60_000).toISOString() });
    const request = {
      method: 'POST',
      path: '/a',
      query: new URLSearchParams(),
      headers: { host: 'hooks.example.com' },
    };
    answerOutside(wire.account, { ...request, body: Buffer.from('{}') });
    expect(JSON.parse((await control('outside')).text).posts).toMatchObject([
      { host: 'hooks.example.com', path: '/a', body: '{}', answered: 503 },
    ]);
  });

  it.each([
    ['{"host":"sqs.us-east-1.amazonaws.com","status":500,"seconds":1}', 'host: must be a host outside AWS'],
    ['{"host":"hooks.example.com","status":"ill","seconds":1}', 'status: must be a status of HTTP, or down'],
    ['{"host":"hooks.example.com","status":500}', 'seconds: '],
    ['x', 'The body is not JSON'],
  ])('%s is refused with its place', async (body, says) => {
    const answer = await post('outside', body);
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.text).message).toContain(says);
  });
});
