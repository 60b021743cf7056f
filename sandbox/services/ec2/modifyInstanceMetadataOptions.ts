import type { ModifyInstanceMetadataOptionsRequest, ModifyInstanceMetadataOptionsResult } from '@aws-sdk/client-ec2';
import { AwsError, operation } from '../../account.ts';
import { refuseDryRun } from './dryRun.ts';
import { hostsNamed, metadataShown } from './instances.ts';
import type { MetadataService } from './metadataService.ts';
import { refuseOthers } from './unsupported.ts';
import { ec2Arn } from './vpc.ts';

/** Until it is in force: EC2 answers `pending`, and documents no time. */
const APPLIED_AFTER_MS = 5000;

const invalid = (name: string, value: unknown): AwsError =>
  new AwsError('InvalidParameterValue', `Invalid value '${String(value)}' for ${name}.`);

function asked({ HttpTokens, HttpEndpoint, HttpPutResponseHopLimit }: ModifyInstanceMetadataOptionsRequest) {
  if (HttpTokens !== undefined && HttpTokens !== 'optional' && HttpTokens !== 'required') {
    throw invalid('HttpTokens', HttpTokens);
  }
  if (HttpEndpoint !== undefined && HttpEndpoint !== 'enabled' && HttpEndpoint !== 'disabled') {
    throw invalid('HttpEndpoint', HttpEndpoint);
  }
  // A form carries numbers as text.
  const hopLimit = HttpPutResponseHopLimit === undefined ? undefined : Number(HttpPutResponseHopLimit);
  if (hopLimit !== undefined && !(Number.isInteger(hopLimit) && hopLimit >= 1 && hopLimit <= 64)) {
    throw invalid('HttpPutResponseHopLimit', HttpPutResponseHopLimit);
  }
  return {
    ...(HttpTokens === undefined ? {} : { tokens: HttpTokens }),
    ...(HttpEndpoint === undefined ? {} : { endpoint: HttpEndpoint }),
    ...(hopLimit === undefined ? {} : { hopLimit }),
  } satisfies Partial<MetadataService>;
}

/** Changes what the metadata service of a host asks for; what is left out stays. */
export const modifyInstanceMetadataOptions = operation<
  ModifyInstanceMetadataOptionsRequest,
  ModifyInstanceMetadataOptionsResult
>(
  (input, account) => [
    {
      action: 'ec2:ModifyInstanceMetadataOptions',
      resource: ec2Arn(account, `instance/${input.InstanceId ?? ''}`),
    },
  ],
  (input, { account }) => {
    refuseDryRun(input);
    const { InstanceId } = input;
    if (InstanceId === undefined) {
      throw new AwsError('MissingParameter', 'The request must contain the parameter InstanceId');
    }
    const [host] = hostsNamed(account, [InstanceId]);
    refuseOthers(input, ['InstanceId', 'HttpTokens', 'HttpEndpoint', 'HttpPutResponseHopLimit', 'DryRun']);
    const changes = asked(input);
    if (host === undefined || Object.keys(changes).length === 0) {
      throw new AwsError('InvalidParameterCombination', 'No options specified.');
    }
    host.metadata = { ...host.metadata, ...changes, appliedAt: account.clock.now() + APPLIED_AFTER_MS };
    return { InstanceId, InstanceMetadataOptions: metadataShown(account, host) };
  },
);
