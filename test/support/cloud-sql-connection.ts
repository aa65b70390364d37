import { Connector } from '@google-cloud/cloud-sql-connector'
import { connectDatabase, type DatabaseConnection } from '@reelway/shared/db/connect.ts'
import { OAuth2Client } from 'google-auth-library'

export type CloudSqlPlace = { adminUrl: string; accessToken: string; instance: string; user: string; database: string }

/** Connects as web and batch do on Google Cloud; only the connector is told of another Admin API and another credential. */
export const connectThroughCloudSql = async (
  place: CloudSqlPlace,
  onBroken: (error: unknown) => void,
): Promise<DatabaseConnection & AsyncDisposable> => {
  const auth = new OAuth2Client()
  auth.setCredentials({ access_token: place.accessToken, expiry_date: Date.now() + 3_600_000 })
  const connection = await connectDatabase(
    {
      INSTANCE_CONNECTION_NAME: place.instance,
      DB_USER: place.user,
      DB_NAME: place.database,
      DB_IP_TYPE: 'PRIVATE',
      DB_POOL_SIZE: 4,
    },
    onBroken,
    async () => new Connector({ sqlAdminAPIEndpoint: place.adminUrl, auth }),
  )
  return { ...connection, [Symbol.asyncDispose]: connection.close }
}
