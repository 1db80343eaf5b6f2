import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The Apache Kafka that local clusters run, from Maven Central. */
export const LOCAL_KAFKA_VERSION = '4.3.1';
const SLF4J_VERSION = '1.7.36';
const DOWNLOAD_TIMEOUT_MS = 300_000;

const dependency = (group: string, artifact: string, version: string): string =>
  `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`;

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>mooring</groupId><artifactId>local-kafka</artifactId><version>1</version><dependencies>
${dependency('org.apache.kafka', 'kafka_2.13', LOCAL_KAFKA_VERSION)}
${dependency('org.slf4j', 'slf4j-simple', SLF4J_VERSION)}
</dependencies></project>`;

/** Whether a local Kafka can be had on this machine, and if not, why. */
export interface KafkaAvailability {
  readonly isAvailable: boolean;
  readonly reason?: string;
}

/** Looks for Java 17 or newer, and for the jars or a Maven that can fetch them. */
export async function kafkaAvailability(): Promise<KafkaAvailability> {
  const java = await javaMajorVersion();
  if (java === undefined) return { isAvailable: false, reason: 'java is not installed' };
  if (java < 17) return { isAvailable: false, reason: `java 17 or newer is needed, found ${java}` };
  if (await hasJars(jarsDirectory())) return { isAvailable: true };
  const hasMaven = await run('mvn', ['-v']).then(
    () => true,
    () => false,
  );
  return hasMaven ? { isAvailable: true } : { isAvailable: false, reason: 'mvn (Maven) is not installed' };
}

/** The directory of Kafka's jars, fetched by Maven the first time. Throws with the reason where that fails. */
export async function kafkaJars(): Promise<string> {
  const { isAvailable, reason } = await kafkaAvailability();
  if (!isAvailable) throw new Error(`no local Kafka: ${reason}`);
  const directory = jarsDirectory();
  if (await hasJars(directory)) return directory;
  const work = await mkdtemp(join(tmpdir(), 'mooring-kafka-jars-'));
  try {
    await writeFile(join(work, 'pom.xml'), POM);
    const plugin = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';
    const output = `${directory}.${process.pid}`;
    const args = ['-q', '-B', plugin, '-DincludeScope=runtime', `-DoutputDirectory=${output}`];
    await run('mvn', args, { cwd: work, timeout: DOWNLOAD_TIMEOUT_MS });
    await mkdir(dirname(directory), { recursive: true });
    // Renamed in one step: another process sees all jars or none.
    await rename(output, directory).catch(async (error: unknown) => {
      await rm(output, { recursive: true, force: true });
      if (!(await hasJars(directory))) throw error;
    });
    return directory;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

function jarsDirectory(): string {
  let directory = import.meta.dirname;
  while (!existsSync(join(directory, 'nx.json')) && dirname(directory) !== directory) directory = dirname(directory);
  return join(directory, 'node_modules', '.cache', 'mooring-kafka', LOCAL_KAFKA_VERSION);
}

async function hasJars(directory: string): Promise<boolean> {
  const names = await readdir(directory).catch((): string[] => []);
  return names.includes(`kafka_2.13-${LOCAL_KAFKA_VERSION}.jar`);
}

async function javaMajorVersion(): Promise<number | undefined> {
  try {
    // Java prints its version to the error stream.
    const { stderr, stdout } = await run('java', ['-version']);
    const [, major] = /version "(\d+)/.exec(stderr + stdout) ?? [];
    return major === undefined ? undefined : Number(major);
  } catch {
    return undefined;
  }
}
