import type { Call, Service } from '../../sandbox/account.ts';

/** Runs one operation of a service as the front door would, without the wire. */
export async function invoke<O>(service: Service, name: string, input: unknown, call: Call): Promise<O> {
  const operation = service.operations[name];
  if (!operation) throw new Error(`${service.name} has no ${name}`);
  return (await operation.run(input as never, call)) as O;
}
