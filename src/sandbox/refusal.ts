/** What the server answers instead of doing it: a status and the sentence in `error`. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export const notFound = (): Refusal => new Refusal(404, 'Record not found');
export const invalid = (what: string): Refusal => new Refusal(422, `Validation failed: ${what}`);
