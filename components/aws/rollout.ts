/** What ECS takes in place of replicas. */
export interface RolloutPercents {
  readonly maximum: number;
  readonly minimumHealthy: number;
}

/**
 * Whole percents that ECS turns into exactly `surge` more and `unavailable` fewer replicas of `count`: it rounds the
 * maximum down and the minimum up (Amazon ECS API, DeploymentConfiguration). The least maximum and the most minimum.
 * Throws a RangeError where no whole percent gives the number (a count above 100 has more steps than percents).
 */
export function rolloutPercents(count: number, surge: number, unavailable: number): RolloutPercents {
  if (!Number.isInteger(count) || count < 1) throw new RangeError(`count must be a whole number from 1, got ${count}`);
  if (!Number.isInteger(surge) || surge < 0) throw new RangeError(`surge must be a whole number from 0, got ${surge}`);
  if (!Number.isInteger(unavailable) || unavailable < 0 || unavailable > count) {
    throw new RangeError(`unavailable must be a whole number from 0 to the count of ${count}, got ${unavailable}`);
  }
  const maximum = Math.ceil((100 * (count + surge)) / count);
  if (Math.floor((count * maximum) / 100) !== count + surge) {
    throw new RangeError(
      `surge ${surge} of ${count} replicas is no whole percent; ECS can surge ${Math.floor((count * maximum) / 100) - count}`,
    );
  }
  const minimumHealthy = Math.floor((100 * (count - unavailable)) / count);
  if (Math.ceil((count * minimumHealthy) / 100) !== count - unavailable) {
    const built = count - Math.ceil((count * minimumHealthy) / 100);
    throw new RangeError(`unavailable ${unavailable} of ${count} replicas is no whole percent; ECS can do ${built}`);
  }
  return { maximum, minimumHealthy };
}
