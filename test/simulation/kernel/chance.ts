import { hash } from 'node:crypto';
import { seeded } from '../../support/memory/seeded.ts';

/** Everything that is left to chance in a run comes from here, and so from its seed. */
export class Chance {
  readonly #name: string;
  readonly #random: () => number;

  constructor(name: string) {
    this.#name = name;
    this.#random = seeded(Number.parseInt(hash('sha256', name).slice(0, 8), 16));
  }

  /** Another one that goes its own way: what is asked of it moves nothing here. */
  apart(name: string): Chance {
    return new Chance(`${this.#name}/${name}`);
  }

  happens(rate: number): boolean {
    return this.#random() < rate;
  }

  /** 0 to just under 1. */
  fraction = (): number => this.#random();

  between(least: number, most: number): number {
    return least + this.#random() * (most - least);
  }

  /** A whole number, both ends included. */
  count(least: number, most: number): number {
    return least + Math.floor(this.#random() * (most - least + 1));
  }

  pick<T>(list: readonly T[]): T {
    if (list.length === 0) throw new Error('There is nothing to choose from');
    return list[Math.floor(this.#random() * list.length)]!;
  }

  /** One of the names, each as often as its number says. */
  weighted<Name extends string>(weights: Readonly<Record<Name, number>>): Name {
    const all = Object.entries(weights) as [Name, number][];
    let left = this.#random() * all.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [name, weight] of all) {
      left -= weight;
      if (left < 0) return name;
    }
    return all[0]![0];
  }
}
