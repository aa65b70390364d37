import { checkServiceAccount, hasRole } from './iam-policy.ts'
import { at, type Json, type JsonObject, objectAt, objectsAt, textAt } from './json.ts'
import { invalid, notFound } from './refusal.ts'
import { getSecretVersion } from './secret-manager.ts'
import { find, type World } from './world.ts'

/** https://cloud.google.com/run/docs/container-contract#env-vars */
const RESERVED = /^(PORT|K_SERVICE|K_REVISION|K_CONFIGURATION|CLOUD_RUN_.*)$/

/** Least and most memory in MiB by CPUs: https://cloud.google.com/run/docs/configuring/services/cpu */
const MEMORY_MIB: Record<string, [number, number]> = {
  '1': [128, 4096],
  '2': [128, 8192],
  '4': [2048, 16_384],
  '6': [4096, 24_576],
  '8': [4096, 32_768],
}

/** What the real service refuses of a revision's or task's template, as far as a mistake of ours can run into it. */
export const checkTemplate = (world: World, annotations: JsonObject, spec: JsonObject): void => {
  const account = textAt(spec, 'serviceAccountName')
  if (account !== '') checkServiceAccount(world, account)
  const containers = objectsAt(spec, 'containers')
  if (containers.length === 0) throw invalid('spec.template.spec.containers: should have at least 1 item.')
  for (const container of containers) checkContainer(world, container, account)
  for (const volume of objectsAt(spec, 'volumes')) {
    const secret = textAt(volume, 'secret', 'secretName')
    for (const item of objectsAt(volume, 'secret', 'items')) checkSecret(world, secret, textAt(item, 'key'), account)
  }
  const timeout = Number(spec.timeoutSeconds ?? 300)
  if (timeout < 1 || timeout > 86_400) throw invalid('timeoutSeconds is out of range.')
  const concurrency = Number(spec.containerConcurrency ?? 80)
  if (concurrency < 1 || concurrency > 1000) throw invalid('containerConcurrency must be between 1 and 1000.')
  checkAnnotations(world, annotations)
}

const checkContainer = (world: World, container: JsonObject, account: string): void => {
  checkImage(world, textAt(container, 'image'))
  const env = objectsAt(container, 'env')
  const names = env.map((it) => textAt(it, 'name'))
  for (const name of names)
    if (RESERVED.test(name)) throw invalid(`The following reserved env names were provided: ${name}.`)
  const repeated = names.find((name, index) => names.indexOf(name) !== index)
  if (repeated !== undefined) throw invalid(`env: the name ${repeated} is given twice.`)
  for (const variable of env) {
    const reference = at(variable, 'valueFrom', 'secretKeyRef')
    if (reference !== undefined) checkSecret(world, textAt(reference, 'name'), textAt(reference, 'key'), account)
  }
  const { cpu = '1', memory = '512Mi' } = objectAt(container, 'resources', 'limits')
  checkSize(String(cpu), String(memory))
}

const checkImage = (world: World, image: string): void => {
  if (image === '' || /\s|\$/.test(image))
    throw invalid(`Expected an image path like [host/]repo-path[:tag and/or @digest], but obtained ${image}.`)
  const [, location, project, repository] = /^([\w-]+)-docker\.pkg\.dev\/([^/]+)\/([^/]+)\//.exec(image) ?? []
  if (project !== world.project) return
  const key = `//artifactregistry.googleapis.com/projects/${project}/locations/${location}/repositories/${repository}`
  if (find(world, key) === undefined) throw notFound(`Image '${image}' not found.`)
}

const checkSize = (cpu: string, memory: string): void => {
  const cpus = cpu.endsWith('m') ? Number(cpu.slice(0, -1)) / 1000 : Number(cpu)
  const [, amount = '', unit = ''] = /^(\d+)(Mi|Gi)$/.exec(memory) ?? []
  if (amount === '') throw invalid(`memory: ${memory} is no amount that is understood here (Mi, Gi).`)
  const mebibytes = Number(amount) * (unit === 'Gi' ? 1024 : 1)
  const [least, most] = cpus < 1 && cpus >= 0.08 ? [128, 512] : (MEMORY_MIB[String(cpus)] ?? [])
  if (least === undefined || most === undefined) throw invalid(`Invalid value specified for cpu: ${cpu}.`)
  if (mebibytes < least || mebibytes > most)
    throw invalid(`Invalid value specified for memory: ${memory} with ${cpu} cpu.`)
}

const checkSecret = (world: World, secret: string, number: string, account: string): void => {
  const { state, name } = getSecretVersion(world, secret, number)
  if (state !== 'ENABLED') throw invalid(`Secret version ${name} is in the state ${state}.`)
  const role = 'roles/secretmanager.secretAccessor'
  const member = `serviceAccount:${account}`
  const secretKey = `//secretmanager.googleapis.com/projects/${world.project}/secrets/${secret}`
  const projectKey = `//cloudresourcemanager.googleapis.com/projects/${world.project}`
  if (!hasRole(world, secretKey, role, member) && !hasRole(world, projectKey, role, member)) {
    throw invalid(`Permission denied on secret: ${secret} for Revision service account ${account}.`)
  }
}

const checkAnnotations = (world: World, annotations: JsonObject): void => {
  const instances = textAt(annotations, 'run.googleapis.com/cloudsql-instances')
  for (const instance of instances.split(',').filter((it) => it !== '')) {
    const [project, , name] = instance.split(':')
    const key = `//sqladmin.googleapis.com/projects/${project}/instances/${name}`
    if (find(world, key) === undefined) throw notFound(`Cloud SQL instance ${instance} not found.`)
  }
  const interfaces = textAt(annotations, 'run.googleapis.com/network-interfaces')
  if (interfaces !== '') for (const it of interfacesOf(interfaces)) checkInterface(world, it)
  const egress = textAt(annotations, 'run.googleapis.com/vpc-access-egress')
  if (!['', 'all-traffic', 'private-ranges-only'].includes(egress)) throw invalid(`Invalid egress setting ${egress}.`)
  const [least, most] = ['minScale', 'maxScale'].map((name) =>
    Number(annotations[`autoscaling.knative.dev/${name}`] ?? 'NaN'),
  )
  if (Number(least) > Number(most)) throw invalid('minScale must not be greater than maxScale.')
}

const interfacesOf = (text: string): Json[] => {
  try {
    const parsed: Json = JSON.parse(text)
    return Array.isArray(parsed) ? parsed : []
  } catch {
    throw invalid(`run.googleapis.com/network-interfaces is not JSON: ${text}`)
  }
}

/** Direct VPC egress wants a subnetwork of /26 or larger: https://cloud.google.com/run/docs/configuring/vpc-direct-vpc */
const checkInterface = (world: World, it: Json): void => {
  const [network, subnetwork] = [textAt(it, 'network'), textAt(it, 'subnetwork')].map(
    (name) => name.split('/').at(-1) ?? '',
  )
  const base = `//compute.googleapis.com/projects/${world.project}`
  if (network !== '' && find(world, `${base}/global/networks/${network}`) === undefined) {
    throw notFound(`VPC network ${network} not found.`)
  }
  const found = find(world, `${base}/regions/${world.region}/subnetworks/${subnetwork || network}`)
  if (found === undefined) throw notFound(`VPC subnetwork ${subnetwork} not found in ${world.region}.`)
  if (Number(textAt(found, 'ipCidrRange').split('/')[1]) > 26) throw invalid('The subnetwork must be /26 or larger.')
}
