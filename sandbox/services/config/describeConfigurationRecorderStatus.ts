import type { DescribeConfigurationRecorderStatusRequest } from '@aws-sdk/client-config-service';
import { AwsError, operation } from '../../account.ts';
import { configRecorder } from './recorder.ts';

/** Without a name, of each that there is. */
export const describeConfigurationRecorderStatus = operation<DescribeConfigurationRecorderStatusRequest, object>(
  ({ ConfigurationRecorderNames: [name = '*'] = [] }, account) => [
    {
      action: 'config:DescribeConfigurationRecorderStatus',
      resource: `arn:aws:config:${account.region}:${account.id}:configuration-recorder/${name}/*`,
    },
  ],
  ({ ConfigurationRecorderNames = [] }, { account }) => {
    const { recorder } = configRecorder(account);
    const unknown = ConfigurationRecorderNames.find((name) => name !== recorder?.name);
    if (unknown !== undefined) {
      const words = `Cannot find configuration recorder with the specified name '${unknown}'.`;
      throw new AwsError('NoSuchConfigurationRecorderException', words);
    }
    if (recorder === undefined) return { ConfigurationRecordersStatus: [] };
    const { name, recording, lastStatus, at } = recorder;
    return {
      ConfigurationRecordersStatus: [
        {
          name,
          recording,
          lastStatus,
          lastStatusChangeTime: new Date(at),
          ...(recording ? { lastStartTime: new Date(at) } : { lastStopTime: new Date(at) }),
        },
      ],
    };
  },
);
