import { createHash } from 'node:crypto';
import type { Parameter } from '@aws-sdk/client-ssm';
import { type Account, AwsError } from '../../account.ts';
import { parseSelector } from './names.ts';
import { latest, parameterByName, type StoredParameter, type Version } from './state.ts';

/** What stands for the ciphertext of a SecureString: of no use to anybody, as on AWS. */
const ciphertext = (value: string): string => `AQICAH${createHash('sha256').update(value).digest('base64')}`;

/** A parameter as answered; `selector` as it was asked for, with the colon. A SecureString only `decrypted` says what it holds. */
export function shown(parameter: StoredParameter, version: Version, selector?: string, decrypted = false): Parameter {
  const isSealed = parameter.type === 'SecureString' && !decrypted;
  return {
    Name: parameter.name,
    Type: parameter.type,
    Value: isSealed ? ciphertext(version.value) : version.value,
    Version: version.number,
    ...(selector === undefined ? {} : { Selector: `:${selector}` }),
    LastModifiedDate: new Date(version.changedAt),
    ARN: parameter.arn,
    DataType: parameter.dataType,
  };
}

/** Reads `name`, `name:version` or `name:label`. Throws `ParameterNotFound`, `ParameterVersionNotFound`. */
export function readSelected(account: Account, text: string, decrypted = false): Parameter {
  const { name, selector } = parseSelector(text);
  const parameter = parameterByName(account, name);
  if (selector === undefined) return shown(parameter, latest(parameter), undefined, decrypted);
  const version = parameter.versions.find((one) => String(one.number) === selector || one.labels.has(selector));
  if (!version) {
    throw new AwsError(
      'ParameterVersionNotFound',
      `Systems Manager could not find version ${selector} of ${name}. Verify the version and try again.`,
    );
  }
  return shown(parameter, version, selector, decrypted);
}
