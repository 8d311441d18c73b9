/** Exact sums of the decimal numbers that a JSON file states, so that 0.1 + 0.2 is 0.3. */
export class Decimal {
  private constructor(
    private readonly digits: bigint,
    private readonly scale: number,
  ) {}

  static readonly ZERO = new Decimal(0n, 0);

  /** The number as JavaScript prints it, which is the shortest text that reads back as the same number. */
  static of(value: number): Decimal {
    const match = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value));
    if (!match) return Decimal.ZERO;
    const [, sign = '', whole = '0', fraction = '', exponent = '0'] = match;
    const digits = BigInt(`${sign}${whole}${fraction}`);
    const scale = fraction.length - Number(exponent);
    return scale < 0 ? new Decimal(digits * 10n ** BigInt(-scale), 0) : new Decimal(digits, scale);
  }

  plus(other: Decimal): Decimal {
    const scale = Math.max(this.scale, other.scale);
    return new Decimal(this.at(scale) + other.at(scale), scale);
  }

  greaterThan(other: Decimal): boolean {
    const scale = Math.max(this.scale, other.scale);
    return this.at(scale) > other.at(scale);
  }

  toString(): string {
    const text = (this.digits < 0n ? -this.digits : this.digits).toString().padStart(this.scale + 1, '0');
    const whole = text.slice(0, text.length - this.scale);
    const fraction = text.slice(text.length - this.scale).replace(/0+$/, '');
    return `${this.digits < 0n ? '-' : ''}${whole}${fraction && '.'}${fraction}`;
  }

  private at(scale: number): bigint {
    return this.digits * 10n ** BigInt(scale - this.scale);
  }
}
