import type { Service } from '../../account.ts';
import { fromJson } from '../../door/protocols/jsonBody.ts';
import { batchGetAccountStatus } from './batchGetAccountStatus.ts';

/** Whether Inspector is on, and for what. It scans nothing: what it finds is put onto the bus by whoever plays it. */
export const inspector2Service: Service = {
  name: 'inspector2',
  protocol: 'rest-json',
  route: ({ method, path, body }) =>
    method === 'POST' && path === '/status/batch/get'
      ? { operation: 'BatchGetAccountStatus', input: fromJson(body) }
      : undefined,
  operations: { BatchGetAccountStatus: batchGetAccountStatus },
};
