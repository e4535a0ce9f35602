import type { AnyOperation } from '../../src/platform/operation.ts';
import type { Answer, Product } from './product.ts';

type Input = Record<string, unknown>;

/** Calls an operation over HTTPS as its route says: path, then query or body. */
export const overHttps = (
  product: Product,
  operation: AnyOperation,
  input: Input,
  token?: string,
): Promise<Answer> => {
  const [verb = '', template = ''] = operation.route.split(' ');
  const rest = { ...input };
  const path = template.replaceAll(/\{(\w+)\}/g, (_match, name: string) => {
    const { [name]: value } = rest;
    delete rest[name];
    return encodeURIComponent(String(value ?? '0'));
  });
  if (verb !== 'GET')
    return product.http(
      verb,
      path,
      Object.keys(rest).length > 0 || verb !== 'DELETE' ? rest : undefined,
      { token },
    );
  const query = new URLSearchParams(
    Object.entries(rest).flatMap(([name, value]) =>
      [value].flat().map(item => [name, String(item)] as [string, string]),
    ),
  );
  return product.http(verb, query.size > 0 ? `${path}?${query}` : path, undefined, { token });
};

/** The same through the callable, with the answer in the terms of HTTPS. */
export const overCallable = async (
  product: Product,
  operation: AnyOperation,
  input: Input,
  token?: string,
): Promise<Answer> => {
  const answer = await product.call(operation.name, input, { token });
  if (answer.status === 200)
    return { ...answer, body: (answer.body as unknown as { result: Answer['body'] }).result };
  const { error } = answer.body as unknown as { error: { details: Answer['body'] } };
  return { ...answer, body: error.details };
};
