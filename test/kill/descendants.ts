import { readdirSync, readFileSync } from 'node:fs';

/** Processes that a process started, and those that these started (子进程). */
export function descendantsOf(pid: number): readonly number[] {
  const children = Map.groupBy(processes(), ({ parent }) => parent);
  const found: number[] = [];
  for (let next = [pid]; next.length > 0; ) {
    next = next.flatMap((each) => children.get(each)?.map((child) => child.pid) ?? []);
    found.push(...next);
  }
  return found;
}

function processes(): readonly { readonly pid: number; readonly parent: number }[] {
  const names = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return names.flatMap((name) => {
    try {
      // The command's name, in parentheses, may hold anything.
      const [, parent] = /^\d+ \(.*\) \S (\d+) /s.exec(readFileSync(`/proc/${name}/stat`, 'utf8')) ?? [];
      return parent === undefined ? [] : [{ pid: Number(name), parent: Number(parent) }];
    } catch {
      return [];
    }
  });
}
