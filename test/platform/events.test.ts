import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, it } from 'vitest';
import { Throttled } from '../../shared/platform/errors.ts';
import { eventBus } from '../../shared/platform/events.ts';

const client = mockClient(EventBridgeClient);
beforeEach(() => client.reset());
const bus = eventBus({ region: 'eu-central-1' });
const events = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    source: 'firebreak.inventory',
    type: 'Running Image Refused',
    detail: { n },
  }));
const sent = () => client.commandCalls(PutEventsCommand).map(({ args: [{ input }] }) => input.Entries ?? []);
const all = (input: { readonly Entries?: readonly unknown[] | undefined }) => ({
  Entries: (input.Entries ?? []).map((_, n) => ({ EventId: String(n) })),
});

it('puts ten at once, which is what EventBridge takes, and nothing where there is nothing', async () => {
  client.on(PutEventsCommand).callsFake(all);
  await bus.put([]);
  expect(sent()).toEqual([]);
  await bus.put(events(23));
  expect(sent().map(({ length }) => length)).toEqual([10, 10, 3]);
  expect(sent()[0]?.[0]).toEqual({
    Source: 'firebreak.inventory',
    DetailType: 'Running Image Refused',
    Detail: '{"n":0}',
  });
});

it('puts those again that were not taken, though the answer was good', async () => {
  client
    .on(PutEventsCommand)
    .resolvesOnce({ FailedEntryCount: 1, Entries: [{ EventId: 'a' }, { ErrorCode: 'InternalFailure' }] })
    .callsFake(all);
  await bus.put(events(2));
  expect(sent().map((entries) => entries.map(({ Detail }) => Detail))).toEqual([['{"n":0}', '{"n":1}'], ['{"n":1}']]);
});

it('says that some were not taken, so that whoever put them comes again', async () => {
  client.on(PutEventsCommand).resolves({ FailedEntryCount: 1, Entries: [{ ErrorCode: 'ThrottlingException' }] });
  await expect(bus.put(events(1))).rejects.toThrow(Throttled);
  expect(sent()).toHaveLength(3);
});
