import type { Service } from '../../account.ts';
import { createLogStream } from './createLogStream.ts';
import { describeLogGroups } from './describeLogGroups.ts';
import { describeLogStreams } from './describeLogStreams.ts';
import { filterLogEvents } from './filterLogEvents.ts';
import { getLogEvents } from './getLogEvents.ts';
import { putLogEvents } from './putLogEvents.ts';

/** CloudWatch Logs: groups with retention, streams, reading and filtering. */
export const logsService: Service = {
  name: 'logs',
  protocol: 'json-1.1',
  target: 'Logs_20140328',
  operations: {
    CreateLogStream: createLogStream,
    DescribeLogGroups: describeLogGroups,
    DescribeLogStreams: describeLogStreams,
    FilterLogEvents: filterLogEvents,
    GetLogEvents: getLogEvents,
    PutLogEvents: putLogEvents,
  },
};
