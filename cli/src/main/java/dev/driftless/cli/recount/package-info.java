/**
 * An independent recount of the raw usage events, held against what the streams application says about them.
 *
 * <p>The code here shares nothing with the application, nor with the client and the generated records: it reads bytes,
 * takes the schemas from the registry, and has its own idea of every rule in the contract. A mistake would have to be made
 * twice, in two ways, to stay unseen. A test holds that line.
 */
package dev.driftless.cli.recount;
