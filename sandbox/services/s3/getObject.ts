import { operation, type RestOutput } from '../../account.ts';
import { objectHeaders } from './objectHeaders.ts';
import { checkRead } from './preconditions.ts';
import { objectAt, onObject, type S3Request } from './request.ts';

export const getObject = operation<S3Request, RestOutput>(onObject('GetObject'), (input, { account }) => {
  const object = objectAt(account, input);
  checkRead(input.headers, object);
  return { headers: objectHeaders(object, input), body: object.body };
});
