import type { Parameter } from '@aws-sdk/client-ssm';
import { type Account, AwsError } from '../../account.ts';
import { parseSelector } from './names.ts';
import { latest, parameterByName, type StoredParameter, type Version } from './state.ts';

/** A parameter as answered; `selector` as it was asked for, with the colon. */
export function shown(parameter: StoredParameter, version: Version, selector?: string): Parameter {
  return {
    Name: parameter.name,
    Type: parameter.type,
    Value: version.value,
    Version: version.number,
    ...(selector === undefined ? {} : { Selector: `:${selector}` }),
    LastModifiedDate: new Date(version.changedAt),
    ARN: parameter.arn,
    DataType: parameter.dataType,
  };
}

/** Reads `name`, `name:version` or `name:label`. Throws `ParameterNotFound`, `ParameterVersionNotFound`. */
export function readSelected(account: Account, text: string): Parameter {
  const { name, selector } = parseSelector(text);
  const parameter = parameterByName(account, name);
  if (selector === undefined) return shown(parameter, latest(parameter));
  const version = parameter.versions.find((one) => String(one.number) === selector || one.labels.has(selector));
  if (!version) {
    throw new AwsError(
      'ParameterVersionNotFound',
      `Systems Manager could not find version ${selector} of ${name}. Verify the version and try again.`,
    );
  }
  return shown(parameter, version, selector);
}
