import type { RestRequest, Service } from '../../../../sandbox/account.ts';

const signed = (service: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=AKIASANDBOXADMIN0000/20261124/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=x`,
});

/** The administrator's request of this input, in the service's own format. */
export function sent({ name, protocol, target }: Service, operation: string, input: object): RestRequest {
  const isForm = protocol === 'query' || protocol === 'ec2';
  const body = isForm ? form(operation, input, protocol === 'ec2') : JSON.stringify(input);
  const headers = isForm ? {} : { 'x-amz-target': `${target}.${operation}` };
  return {
    method: 'POST',
    path: '/',
    query: new URLSearchParams(),
    headers: { ...signed(name), ...headers },
    body: Buffer.from(body),
  };
}

export const plainRequest = (service: string, method: string, path: string, query = '', body = ''): RestRequest => ({
  method,
  path,
  query: new URLSearchParams(query),
  headers: signed(service),
  body: Buffer.from(body),
});

function form(operation: string, input: object, isFlat: boolean): string {
  const fields: [string, string][] = [['Action', operation]];
  const write = (path: string, value: unknown): void => {
    if (typeof value !== 'object' || value === null) fields.push([path, value === null ? '' : String(value)]);
    else if (Array.isArray(value)) {
      if (value.length === 0) fields.push([path, '']);
      for (const [at, one] of value.entries()) write(isFlat ? `${path}.${at + 1}` : `${path}.member.${at + 1}`, one);
    } else for (const [name, one] of Object.entries(value)) write(`${path}.${name}`, one);
  };
  for (const [name, value] of Object.entries(input)) write(name, value);
  return new URLSearchParams(fields).toString();
}
