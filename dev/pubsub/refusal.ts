import { status } from '@grpc/grpc-js';

/** An error gRPC clients understand. */
export class Refusal extends Error {
  readonly code: status;

  constructor(code: status, message: string) {
    super(message);
    this.code = code;
  }
}

export const notFound = (what: string) => new Refusal(status.NOT_FOUND, `${what} does not exist`);
export const alreadyThere = (what: string) =>
  new Refusal(status.ALREADY_EXISTS, `${what} already exists`);
export const invalid = (message: string) => new Refusal(status.INVALID_ARGUMENT, message);

export const asRefusal = (error: unknown): Refusal =>
  error instanceof Refusal ? error : new Refusal(status.INTERNAL, String(error));
