using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace Workflows.Activities.Storage;

/// <summary>One submission to one partition, through all its tries; <c>name</c> is the table's as the caller says it.</summary>
internal sealed class AzureBatch(TableClient table, string name, string partition, IReadOnlyList<TableOperation> operations)
{
    private readonly AzureMark mark = new();
    private readonly List<TableOperation> left = [.. operations];

    /// <summary>One try.</summary>
    /// <param name="mayBeDone">Whether an earlier try may have been carried out.</param>
    /// <exception cref="TableConflictException">Somebody else was first, and nothing of this was written.</exception>
    public async Task Submit(bool mayBeDone)
    {
        var isMade = false;
        while (left.Count > 0)
        {
            try
            {
                await table.SubmitTransactionAsync(left.Select(operation => AzureRows.Write(partition, operation, mark)));
                return;
            }
            catch (RequestFailedException missing) when (!isMade && missing.ErrorCode == TableErrorCode.TableNotFound)
            {
                await table.CreateIfNotExistsAsync();
                isMade = true;
            }
            catch (TableTransactionFailedException refused) when (IsConflict(refused))
            {
                var operation = left[refused.FailedTransactionActionIndex ?? 0];
                if (operation is TableOperation.Delete { ETag: null })
                {
                    left.Remove(operation);
                }
                else if (!mayBeDone)
                {
                    throw new TableConflictException(name, partition, operation.Row);
                }
                else
                {
                    await Settle();
                    return;
                }
            }
        }
    }

    private static bool IsConflict(TableTransactionFailedException refused) =>
        refused.ErrorCode == TableErrorCode.EntityAlreadyExists
        || refused.ErrorCode == TableErrorCode.ResourceNotFound
        || refused.ErrorCode == TableErrorCode.EntityNotFound
        || refused.ErrorCode == TableErrorCode.UpdateConditionNotSatisfied;

    /// <summary>
    /// An answer was lost and now there is a conflict. A batch is whole or not at all, so one row with our mark says that
    /// all is done. Deletes leave no mark: rows that are gone are as was asked for.
    /// </summary>
    private async Task Settle()
    {
        var isGone = true;
        foreach (var operation in operations)
        {
            var found = await AzureTables.Find(table, partition, operation.Row, CancellationToken.None);
            var written = AzureRows.Written(operation);
            if (written is not null && found is not null && mark.IsOn(found, written))
            {
                return;
            }

            isGone &= written is null && found is null;
        }

        if (!isGone)
        {
            throw new StorageFailedException(
                $"Writing to table {name}: an answer was lost, and the rows were changed by others since. It may have been carried out.");
        }
    }
}
