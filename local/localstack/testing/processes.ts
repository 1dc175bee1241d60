import { execFileSync } from 'node:child_process';
import { connect } from 'node:net';

/** Ids of the processes in a group that still run; one that has ended and was not yet collected does not. */
export function groupMembers(groupId: number): number[] {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,pgid=,stat='], { encoding: 'utf8' });
  return table
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, group, state]) => Number(group) === groupId && !state?.startsWith('Z'))
    .map(([pid]) => Number(pid));
}

/** Whether any of these processes still runs. */
export function anyRuns(pids: number[]): boolean {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,stat='], { encoding: 'utf8' });
  const running = new Set(
    table
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter(([, state]) => state && !state.startsWith('Z'))
      .map(([pid]) => Number(pid)),
  );
  return pids.some((pid) => running.has(pid));
}

/** The command lines of the processes in a group. */
export function groupArguments(groupId: number): string[] {
  const table = execFileSync('ps', ['-ww', '-A', '-o', 'pgid=,args='], { encoding: 'utf8' });
  return table.split('\n').filter((line) => Number(line.trim().split(/\s+/)[0]) === groupId);
}

/** Whether somebody accepts a connection there. */
export function accepts(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2000 });
    const end = (accepted: boolean) => () => {
      socket.destroy();
      resolve(accepted);
    };
    socket.once('connect', end(true));
    socket.once('error', end(false));
    socket.once('timeout', end(false));
  });
}
