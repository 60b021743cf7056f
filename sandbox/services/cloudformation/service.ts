import type { Service } from '../../account.ts';
import { listStackResources } from './listStackResources.ts';

/** Stacks are deployed by `template/deploy.ts`, never by a call; this tells what they are made of. */
export const cloudformationService: Service = {
  name: 'cloudformation',
  protocol: 'query',
  target: 'http://cloudformation.amazonaws.com/doc/2010-05-15/',
  operations: { ListStackResources: listStackResources },
};
