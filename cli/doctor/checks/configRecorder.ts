import { clientConfig } from '../../../shared/platform/sdk/config.ts';
import { plain } from '../../../shared/report/text.ts';
import { asked } from '../asked.ts';
import { broken, type Check, ok } from '../check.ts';

/** AWS Config evaluates what it has recorded: stopped, it accuses nothing (Config API, DescribeConfigurationRecorderStatus). */
export const configRecorder: Check = {
  name: 'config-recorder',
  look: async ({ stage: { region, config } }) => {
    const { ConfigServiceClient, DescribeConfigurationRecorderStatusCommand } = await import(
      '@aws-sdk/client-config-service'
    );
    const client = new ConfigServiceClient(clientConfig(config));
    const { ConfigurationRecordersStatus: recorders = [] } = await asked(
      'config:DescribeConfigurationRecorderStatus',
      () => client.send(new DescribeConfigurationRecorderStatusCommand({})),
    );
    if (recorders.length === 0) {
      return broken(
        `AWS Config has no recorder in ${region}: no configuration is evaluated.`,
        `Set AWS Config up: "1-click setup" in its console in ${region}; where it is not wanted: --skip config-recorder.`,
      );
    }
    const stopped = recorders.find(({ recording }) => recording !== true);
    if (stopped !== undefined) {
      const name = stopped.name ?? 'default';
      return broken(
        `The recorder ${name} of AWS Config is stopped.`,
        `Start it: aws configservice start-configuration-recorder --configuration-recorder-name ${name} --region ${region}.`,
      );
    }
    const failing = recorders.find(({ lastStatus }) => lastStatus?.toUpperCase() === 'FAILURE');
    if (failing !== undefined) {
      const { name = 'default', lastErrorCode = '', lastErrorMessage = '' } = failing;
      return broken(
        `The recorder ${name} of AWS Config records, and fails: ${plain(`${lastErrorCode} ${lastErrorMessage}`, 300) || 'it does not say why'}.`,
        `AWS Config console in ${region}, Settings: see to the recorder's role, and to the bucket of its delivery channel.`,
      );
    }
    return ok(`AWS Config records (${recorders.map(({ name }) => name).join(', ')}).`);
  },
};
