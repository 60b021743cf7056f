import type { GetParameterRequest, GetParameterResult } from '@aws-sdk/client-ssm';
import { operation } from '../../account.ts';
import { onParameters } from './names.ts';
import { readSelected } from './read.ts';

export const getParameter = operation<GetParameterRequest, GetParameterResult>(
  (input, account) => onParameters(account, 'GetParameter', [input.Name ?? '']),
  (input, { account }) => ({ Parameter: readSelected(account, input.Name ?? '', input.WithDecryption) }),
);
