# What a look at everything that a call has to pass has found: “Will I ring?” and `ringside doctor`. Variables as in
# `problems.ftl`.

## The settings and the way out

check-network = Dùng được chứng chỉ và proxy.
check-no-network = Không kết nối được tài khoản nào.
check-settings-fault = Tệp cài đặt có lỗi.
check-settings = Tệp cài đặt không có lỗi.
check-no-account = Chưa có tài khoản.
check-add-account = Hãy thêm trong cửa sổ hoặc bằng `ringside account add`.
check-account = Có một tài khoản.
check-accounts = Có { $count } tài khoản.
check-file = { $path } ổn.
check-file-unreadable = Không đọc được { $path }: { $error }.
check-and-more = { $text } … và { $count } mục nữa
check-mend-file = Hãy sửa tệp; `ringside settings check { $key } { $path }` nêu mọi lỗi.

## An account

check-popups-mine = Báo các cuộc gọi đổ chuông máy bạn.
check-popups-all = Báo mọi cuộc gọi.
check-popups-none = Không báo cuộc gọi nào của tài khoản này.
check-set-popups = Hãy đặt `popups = "mine"` trong cài đặt nếu bạn không muốn vậy.
check-secret = Thông tin đăng nhập đã lưu và đọc được.
check-no-secret = Không đọc được thông tin đăng nhập đã lưu.
check-no-history = Từ giờ các cuộc gọi không được lưu lại.
check-not-tried = Chưa thử.
check-wait = Hãy đợi vài giây rồi kiểm tra lại.
check-connected = Kết nối qua { $textway }, nghe lần cuối { $span } trước.
check-connected-silent = Kết nối qua { $textway }, chưa nghe gì.
unknown-way = cách không rõ
check-connecting = Đang kết nối.
check-waiting = Chưa kết nối và đang được thử lại.
check-the-network = Hãy kiểm tra mạng.
check-needs-sign-in = Bạn cần đăng nhập.
check-sign-in = Hãy đăng nhập lại.
check-stopped = Đã dừng.
check-try-again = Hãy thử lại từ cửa sổ.
check-listening = Đang nghe từ { $time }: { $known }.
what-subscriptions-confirmed = máy chủ đã xác nhận các đăng ký theo dõi
what-firehose-proof = máy chủ đã nhận mã và kết nối, và không xác nhận đăng ký theo dõi
what-nguc-proof = máy chủ đã nhận mã, và không xác nhận đăng ký theo dõi
what-stringee-proof = máy chủ đã chấp nhận đăng nhập, và không xác nhận chủ đề
check-lacking = Không nghe được tất cả.
check-probe = Lần thử được trả lời trong { $span }.
check-no-probe = Lần thử không được trả lời.
check-no-probe-why = Ringside tự kết nối lại; nếu vẫn vậy, hãy kiểm tra mạng và `ringside status`.
check-owner = Đã biết cuộc gọi nào là của bạn.
check-no-owner = Nhà cung cấp chưa cho biết bạn là ai nên có thể không rõ cuộc gọi nào là của bạn.
check-set-owner = Nếu không thấy cuộc gọi, hãy đặt `popups = "all"` cho tài khoản này hoặc khóa cho biết bạn là ai.
check-no-gaps = Không lỡ gì trong 24 giờ qua.
check-gaps-one = Đã mất kết nối một lần trong 24 giờ qua, và đã lấy lại những gì xảy ra.
check-gaps = Đã mất kết nối { $count } lần trong 24 giờ qua, và đã lấy lại những gì xảy ra.
check-gap = Đã mất kết nối từ { $time } đến { $time2 }, và không lấy lại được hết những gì xảy ra.
check-look-at-provider = Hãy tìm cuộc gọi của lúc đó tại nhà cung cấp.
check-understood = Hiểu được mọi thứ nhận về.
check-skipped = Không hiểu các loại tin sau: { $names }.
check-skipped-more = Không hiểu các loại tin sau: { $names } và { $count } loại nữa.
check-report-names = Không cần làm gì, trừ khi thiếu cuộc gọi hoặc người; khi đó hãy báo các tên này.

## The clock and do-not-disturb

check-no-clock = Không máy chủ nào cho biết giờ nên chưa so được đồng hồ.
check-clock = Đồng hồ máy này khớp với các máy chủ.
check-clock-ahead = Đồng hồ máy này nhanh hơn máy chủ { $span }.
check-clock-behind = Đồng hồ máy này chậm hơn máy chủ { $span }.
check-set-clock = Hãy chỉnh đồng hồ hoặc để hệ thống tự chỉnh qua mạng.
check-dnd-off = Không làm phiền đang tắt.
check-dnd-on = Không làm phiền đang bật nên không báo cuộc gọi.
check-dnd-on-until = Không làm phiền đang bật đến { $time } nên không báo cuộc gọi.
check-dnd-switch-off = Hãy tắt nếu bạn muốn nhận cuộc gọi.

## This computer

check-state = Ghi được những gì cần giữ sau khi chương trình tắt.
check-state-unwritable = Không ghi được vào { $folder }: { $error }.
check-state-why = Hãy cho phép ghi thư mục và kiểm tra đĩa chưa đầy, nếu không cuộc gọi nhỡ sẽ bị quên.
check-keyring = Chùm khóa lưu và trả được thông tin bí mật.
check-no-keyring = Không dùng được chùm khóa.
check-sleep = Hệ thống báo khi máy ngủ và thức.
check-no-sleep = Hệ thống không báo lúc ngủ; Ringside tự nhận ra thời gian bị mất trong vài giây.
check-no-daemon = Không có dịch vụ thông báo nào trả lời nên cuộc gọi không hiện lên.
check-start-daemon = Hãy chạy một dịch vụ thông báo (ví dụ dunst) trong phiên làm việc.
check-daemon = Thông báo do { $name } hiển thị.
check-testing = Ringside đang thử thông báo
check-testing-why = Thông báo này tự biến mất.
check-round-trip = Thông báo thử được nhận trong { $number } ms rồi biến mất.
check-not-gone = Thông báo thử được nhận, nhưng dịch vụ không báo là nó đã biến mất.
check-not-gone-why = Hãy xem thông báo cuộc gọi có nằm lại trên màn hình không; nếu có, hãy dùng dịch vụ thông báo khác.
check-not-taken = Dịch vụ thông báo không nhận thông báo thử.
check-restart-daemon = Hãy khởi động lại dịch vụ thông báo của máy.
check-buttons = Thông báo có nút bấm.
check-no-buttons = Thông báo không có nút bấm trên máy này.
check-use-window = Hãy dùng cửa sổ hoặc khay, hoặc dịch vụ thông báo khác.
check-held-back = Máy đang giữ lại thông báo.
check-desktop-dnd = Hãy tắt chế độ không làm phiền của máy nếu muốn cuộc gọi hiện lên.
check-not-held-back = Máy không báo là đang giữ lại thông báo.
check-tray = Có thanh hiện các biểu tượng khay.
check-no-tray = Không thấy Ringside trong khay.
check-windows = Đã cài các cửa sổ.
check-no-windows = Chưa cài các cửa sổ; cuộc gọi vẫn được báo.
check-install-windows = Hãy cài ringside-desktop hoặc dùng khay và `ringside`.
check-no-autostart = Ringside không khởi động cùng phiên.
check-autostart = Ringside khởi động cùng phiên.
check-autostart-gone = Mục khởi động Ringside cùng phiên ghi { $program }, nhưng không có chương trình đó.
check-autostart-anew = Hãy chạy `ringside autostart on` để ghi lại.
check-no-hotkey = Chưa đặt phím tắt.
check-hotkeys-unbound = Không gán được phím tắt trên máy này.
check-hotkeys = Mỗi phím tắt đã được nhấn và nghe thấy.
check-hotkeys-unheard = Chưa nghe thấy từ khi Ringside chạy: { $names }.
check-press-once = Hãy nhấn một lần; máy có thể nhận phím tắt mà không bao giờ báo.

## The program itself

check-running = Ringside đang chạy.
check-not-running = Ringside không chạy nên không báo gì.
check-start = Hãy chạy bằng `ringside agent`; `ringside autostart on` làm việc đó mỗi phiên.
check-alone = Xem các cài đặt này mà không dùng chương trình đang chạy.
