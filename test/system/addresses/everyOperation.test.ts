import { expect, it } from 'vitest';
import { understand } from '../../../sandbox/door/serve.ts';
import { services } from '../../../sandbox/services.ts';
import { filledAccount } from '../../sandbox/door/fuzz/filledAccount.ts';
import { knownOperations } from '../../sandbox/door/fuzz/knownOperations.ts';
import { sent } from '../../sandbox/door/fuzz/sent.ts';
import { foreignIn, type Own } from './foreign.ts';

const own: Own = { account: '123456789012', region: 'eu-west-1', endpoint: 'http://127.0.0.1:4566' };
const byName = new Map(services.map((service) => [service.name, service]));

it.each(knownOperations)(
  '$name $operation names nothing foreign, whether it does what is asked or refuses',
  async (known) => {
    const { service, operation, inputs } = known;
    const running = filledAccount();
    running.account.endpoint = own.endpoint;
    try {
      for (const input of [...inputs, {}]) {
        const answer = await understand(running.account, byName, sent(service, operation, input)).answer('id');
        expect(foreignIn(`${JSON.stringify(answer.headers)}\n${answer.body}`, own)).toEqual([]);
      }
    } finally {
      await running.close();
    }
  },
);
