import type { PutParameterRequest, PutParameterResult, Tag } from '@aws-sdk/client-ssm';
import { AwsError, type Call, operation } from '../../account.ts';
import { onParameters } from './names.ts';
import { putParameter as write } from './parameters.ts';
import { existingParameter } from './state.ts';

export const putParameter = operation<PutParameterRequest, PutParameterResult>(
  (input, account) => [
    ...onParameters(account, 'PutParameter', [input.Name ?? '']),
    ...(input.Tags === undefined ? [] : onParameters(account, 'AddTagsToResource', [input.Name ?? ''])),
  ],
  put,
);

function put(input: PutParameterRequest, { account, principal }: Call): PutParameterResult {
  const name = input.Name ?? '';
  const existing = existingParameter(account, name);
  if (existing && !input.Overwrite) {
    throw new AwsError(
      'ParameterAlreadyExists',
      'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
    );
  }
  if (input.Overwrite && input.Tags !== undefined) {
    throw new AwsError(
      'ValidationException',
      "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove overwrite flag.",
    );
  }
  if (!existing && input.Type === undefined) {
    throw new AwsError('ValidationException', 'A parameter type is required when you create a parameter.');
  }
  if (input.Policies !== undefined) {
    throw new AwsError('InvalidPolicyTypeException', 'This account does not model parameter policies');
  }
  const { version, tier } = write(account, {
    name,
    value: input.Value ?? '',
    type: input.Type,
    tier: input.Tier,
    dataType: input.DataType,
    description: input.Description,
    allowedPattern: input.AllowedPattern,
    ...(input.Tags === undefined ? {} : { tags: tagsOf(input.Tags) }),
    changedBy: principal.kind === 'service' ? principal.service : principal.arn,
  });
  return { Version: version, Tier: tier };
}

const tagsOf = (tags: readonly Tag[]): Readonly<Record<string, string>> =>
  Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]));
