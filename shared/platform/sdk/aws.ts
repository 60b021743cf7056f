import { once } from '../once.ts';
import { type AwsConfig, clientConfig } from './config.ts';

/**
 * The SDK as the product uses it: one module per service, loaded when it is first asked for (the bundle keeps each in a
 * file of its own), with a client on the credentials at hand.
 */
type EcrModule = typeof import('./ecr.ts');
type EcsModule = typeof import('./ecs.ts');
type EventBridgeModule = typeof import('./eventbridge.ts');
type LambdaModule = typeof import('./lambda.ts');

export interface Aws {
  ecr(): Promise<{ readonly client: InstanceType<EcrModule['ECRClient']> } & EcrModule>;
  ecs(): Promise<{ readonly client: InstanceType<EcsModule['ECSClient']> } & EcsModule>;
  eventbridge(): Promise<{ readonly client: InstanceType<EventBridgeModule['EventBridgeClient']> } & EventBridgeModule>;
  lambda(): Promise<{ readonly client: InstanceType<LambdaModule['LambdaClient']> } & LambdaModule>;
}

/** Clients for one Region on one set of credentials; without credentials, those of the process. Each is made once. */
export function awsFor(config: AwsConfig): Aws {
  return {
    ecr: once(async () => {
      const module = await import('./ecr.ts');
      return { ...module, client: new module.ECRClient(clientConfig(config)) };
    }),
    ecs: once(async () => {
      const module = await import('./ecs.ts');
      return { ...module, client: new module.ECSClient(clientConfig(config)) };
    }),
    eventbridge: once(async () => {
      const module = await import('./eventbridge.ts');
      return { ...module, client: new module.EventBridgeClient(clientConfig(config)) };
    }),
    lambda: once(async () => {
      const module = await import('./lambda.ts');
      return { ...module, client: new module.LambdaClient(clientConfig(config)) };
    }),
  };
}
