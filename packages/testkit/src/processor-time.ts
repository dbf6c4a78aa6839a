const tries = 5;

/**
 * Milliseconds of processor time that some work of this thread takes, the least of five tries, each on what was made for
 * it: other work of the machine does not count, and what the collector of garbage adds to one try does not either.
 */
export function processorMs<Material>(make: () => Material, work: (material: Material) => void): number {
  const times = Array.from({ length: tries }, () => {
    const material = make();
    const before = process.cpuUsage();
    work(material);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return Math.min(...times);
}
