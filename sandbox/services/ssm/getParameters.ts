import type { GetParametersRequest, GetParametersResult, Parameter } from '@aws-sdk/client-ssm';
import { AwsError, operation } from '../../account.ts';
import { onParameters } from './names.ts';
import { readSelected } from './read.ts';

/** Up to ten; a name that is not there is listed, not an error. */
export const getParameters = operation<GetParametersRequest, GetParametersResult>(
  (input, account) => onParameters(account, 'GetParameters', input.Names ?? []),
  (input, { account }) => {
    const names = input.Names ?? [];
    if (names.length === 0 || names.length > 10) {
      throw new AwsError('ValidationException', "Value at 'names' failed: Member must have length between 1 and 10");
    }
    const Parameters: Parameter[] = [];
    const InvalidParameters: string[] = [];
    for (const name of names) {
      try {
        Parameters.push(readSelected(account, name, input.WithDecryption));
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        InvalidParameters.push(name);
      }
    }
    return { Parameters, InvalidParameters };
  },
);
