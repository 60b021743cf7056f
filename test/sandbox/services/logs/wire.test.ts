import {
  CloudWatchLogsClient,
  CreateLogStreamCommand,
  FilterLogEventsCommand,
  PutLogEventsCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-cloudwatch-logs';
import { expect, test } from 'vitest';
import { createLogGroup } from '../../../../sandbox/services/logs/groups.ts';
import { logsService } from '../../../../sandbox/services/logs/service.ts';
import { openWire } from '../openWire.ts';

test('the SDK writes and finds lines; its error is its own', async () => {
  const wire = await openWire(logsService);
  const client = new CloudWatchLogsClient(wire.config);
  try {
    createLogGroup(wire.account, { name: 'audit' });
    const stream = { logGroupName: 'audit', logStreamName: 's' };
    await client.send(new CreateLogStreamCommand(stream));
    const logEvents = ['red', 'blue'].map((message) => ({ timestamp: wire.clock.now(), message }));
    await client.send(new PutLogEventsCommand({ ...stream, logEvents }));
    const { events } = await client.send(new FilterLogEventsCommand({ logGroupName: 'audit', filterPattern: 'blue' }));
    expect(events).toMatchObject([{ message: 'blue', timestamp: wire.clock.now(), logStreamName: 's' }]);
    await expect(client.send(new FilterLogEventsCommand({ logGroupName: 'none' }))).rejects.toBeInstanceOf(
      ResourceNotFoundException,
    );
  } finally {
    client.destroy();
    await wire.close();
  }
});
