using Workflows.Activities.Storage;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Supervision.Sheets;

namespace Workflows.Activities.Supervision;

/// <summary>Numbers of supervision sheets: a series per word and year, without gaps; a sheet that asks again gets the same.</summary>
public sealed class SheetNumbers(Numbering numbers) : IActivityHandler<TakeSheetNumber, UnitSheetsFact>
{
    public async Task<UnitSheetsFact> Run(TakeSheetNumber request, CancellationToken cancellation) => new UnitSheetsFact.NumberTaken(
        await numbers.Next(FormattableString.Invariant($"sheets.{request.Word}.{request.Year}"), request.Sheet, cancellation));
}
